package io.lakesdk.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that lands, publishes and processes is killed fifty times, at any moment. */
@Tag("slow")
class CrashTest {

  private static final int CRASHES = 50;
  private static final int LONGEST_LIFE_IN_MILLIS = 800;

  @TempDir Path folder;

  @Test
  void afterEveryCrashTheLakeOpensAndHoldsExactlyWholeLoads() {
    Random random = new Random(20_260_101);
    long versions = 0;
    for (int crash = 1; crash <= CRASHES; crash++) {
      try (ChildJvm program = ChildJvm.start(CrashingProgram.class, folder.toString())) {
        program.awaitLine("running", Duration.ofMinutes(1));
        LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_IN_MILLIS) * 1_000_000L);
        program.kill();
      }
      try (Lake lake = Lake.at(folder)) {
        holdsWholeLoads(lake);
        long now = Publishing.of(lake).history(CrashingProgram.CLEAN).size();
        assertThat(now).isGreaterThanOrEqualTo(versions);
        versions = now;
        if (crash % 10 == 0) {
          Publishing.of(lake).vacuum(CrashingProgram.LANDED, Duration.ZERO);
          holdsWholeLoads(lake);
          versions = Publishing.of(lake).history(CrashingProgram.CLEAN).size();
        }
      }
    }
    assertThat(versions).as("versions of the output").isGreaterThan(CRASHES / 2);
    try (Lake lake = Lake.at(folder)) {
      Processing.of(lake).run(CrashingProgram.PIPELINE);
      assertThat(batches(lake, "crash.clean")).isEqualTo(batches(lake, "crash.landed"));
    }
  }

  private static void holdsWholeLoads(Lake lake) {
    assertThat(counts(lake, "crash.landed"))
        .allSatisfy(rows -> assertThat(rows).isEqualTo(CrashingProgram.ROWS));
    assertThat(counts(lake, "crash.clean"))
        .allSatisfy(
            rows -> assertThat(rows).isEqualTo(CrashingProgram.ROWS - CrashingProgram.BAD_ROWS));
    if (Catalog.of(lake).find(CrashingProgram.PIPELINE.quarantine()).isPresent()) {
      assertThat(counts(lake, "crash.clean_quarantine"))
          .allSatisfy(rows -> assertThat(rows).isEqualTo(CrashingProgram.BAD_ROWS));
      assertThat(batches(lake, "crash.clean_quarantine"))
          .as("output and quarantine are of one load")
          .isEqualTo(batches(lake, "crash.clean"));
    }
  }

  private static List<Object> batches(Lake lake, String dataset) {
    return column(lake, "SELECT DISTINCT batch FROM " + dataset + " ORDER BY batch");
  }

  private static List<Integer> counts(Lake lake, String dataset) {
    return column(
            lake,
            "SELECT count(DISTINCT number) FROM "
                + dataset
                + " GROUP BY batch UNION ALL SELECT count(*) FROM "
                + dataset
                + " GROUP BY batch")
        .stream()
        .map(count -> ((Number) count).intValue())
        .toList();
  }

  private static List<Object> column(Lake lake, String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql))) {
      return rows.asLists().map(row -> row.get(0)).toList();
    }
  }
}
