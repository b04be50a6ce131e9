package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.QueryExecution.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWorkgroupTest extends EmbeddedWorkgroupContract {

  @TempDir Path folder;

  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.at(folder, with);
  }

  @Test
  void severalOpenLakesShareWorkgroupsAndHistory() {
    groups().register(ANALYSTS);
    try (Lake other = open()) {
      QueryEngine there = QueryEngine.of(other);
      assertThat(there.workgroups().list()).containsExactly(ANALYSTS);
      try (Rows rows = engine.run(COUNT)) {
        String id = last().id();
        assertThat(there.workgroups().execution(id).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> there.workgroups().cancel(id))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "Cannot cancel query "
                    + id
                    + ": another open lake runs it, and can cancel it there");
        assertThat(rows.asLists()).hasSize(1);
      }
      assertThat(last().state()).isEqualTo(State.SUCCEEDED);
      assertThat(there.workgroups().executions("analysts", 10)).containsExactly(last());
    }
  }

  @Test
  void severalOpenLakesShareTheLimitOfAWorkgroup() {
    groups().register(ANALYSTS.scanTogetherAtMost(4 * answerBytes(), Duration.ofHours(1)));
    try (Lake other = open()) {
      for (int i = 0; i < 4; i++) {
        assertThat(answer(i % 2 == 0 ? engine : QueryEngine.of(other), COUNT)).hasSize(1);
      }
      assertThatThrownBy(() -> answer(QueryEngine.of(other), COUNT))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> answer(engine, COUNT)).isInstanceOf(UnavailableException.class);
    }
  }

  private long answerBytes() {
    try (Rows rows = engine.run(COUNT.workgroup("primary"))) {
      return rows.stats().bytesScanned();
    }
  }

  @Test
  void whatAProcessRanThatIsNoMoreHasFailed() {
    groups().register(ANALYSTS);
    try (Rows rows = engine.run(COUNT)) {
      String id = last().id();
      Object unused =
          ((EmbeddedBackend) lake.backend())
              .metadata()
              .write(tx -> tx.update("UPDATE query_execution SET process = '999999999-1'"));
      assertThat(last().state()).isEqualTo(State.FAILED);
      assertThat(last().reason()).contains("the process that ran it ended");
      assertThat(rows.asLists()).hasSize(1);
      assertThat(groups().execution(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void theHistoryOutlivesTheOpenLake() {
    groups().register(ANALYSTS);
    assertThat(answer(engine, COUNT)).hasSize(1);
    Rows open = engine.run(COUNT);
    lake.close();
    lake = open();
    engine = QueryEngine.of(lake);

    assertThat(groups().executions("analysts", 10))
        .extracting(QueryExecution::state)
        .containsExactlyInAnyOrder(State.SUCCEEDED, State.CANCELLED);
    assertThat(groups().executions("analysts", 10))
        .anySatisfy(e -> assertThat(e.reason()).contains("the lake was closed"));
    open.close();
  }
}
