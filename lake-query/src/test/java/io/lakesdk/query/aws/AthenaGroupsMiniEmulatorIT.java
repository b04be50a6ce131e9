package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import org.junit.jupiter.api.Test;

/** Workgroups as the emulator MiniStack keeps them, which changes and removes them too. */
class AthenaGroupsMiniEmulatorIT {

  @Test
  void areMadeChangedUsedAndRemoved() {
    Emulator.miniStack().reset();
    AwsSettings settings =
        TestAws.settings(Emulator.miniStack().endpoint())
            .compute(AwsSettings.Compute.ATHENA)
            .build();
    TestAws.createBuckets(settings);
    try (Lake lake = Lake.onAws(settings)) {
      QueryEngine engine = QueryEngine.of(lake);
      Workgroups groups = engine.workgroups();
      Workgroup first =
          Workgroup.named("analysts")
              .scanAtMost(20_000_000)
              .resultsIn("s3://" + settings.bucket(Zone.CURATED) + "/results/")
              .enforced();
      groups.register(first);
      assertThat(groups.find("analysts")).contains(first);
      groups.register(first.scanAtMost(30_000_000));
      assertThat(groups.list()).containsExactly(first.scanAtMost(30_000_000));

      try (Rows rows = engine.run(Query.sql("SELECT 1 AS x").workgroup("analysts"))) {
        assertThat(rows.asLists()).hasSize(1);
        QueryExecution execution = groups.execution(rows.executionId().orElseThrow()).orElseThrow();
        assertThat(execution.state()).isEqualTo(QueryExecution.State.SUCCEEDED);
        assertThat(execution.statement()).isEqualTo("SELECT ? AS x");
        assertThat(groups.executions("analysts", 10)).containsExactly(execution);
      }
      groups.remove("analysts");
      assertThat(groups.list()).isEmpty();
    }
  }
}
