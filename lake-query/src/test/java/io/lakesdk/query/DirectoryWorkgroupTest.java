package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.query.QueryStats.Reused;
import io.lakesdk.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
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

  /** Runs a statement and does not read its rows. */
  static final class Neighbour {
    public static void main(String[] arguments) throws Exception {
      try (Lake lake = Lake.at(Path.of(arguments[0]));
          Rows rows = QueryEngine.of(lake).run(COUNT)) {
        String id = rows.executionId().orElseThrow();
        QueryExecution.State state =
            QueryEngine.of(lake).workgroups().execution(id).orElseThrow().state();
        System.out.println(state + " " + id);
        Thread.currentThread().join();
      }
    }
  }

  @Test
  void whatAProcessRanThatWasKilledHasFailed() throws IOException {
    groups().register(ANALYSTS);
    String id;
    try (ChildJvm neighbour = ChildJvm.start(Neighbour.class, folder.toString())) {
      id = neighbour.awaitLine("RUNNING", Duration.ofMinutes(1)).substring("RUNNING ".length());
      assertThat(groups().execution(id).orElseThrow().state()).isEqualTo(State.RUNNING);
      neighbour.kill();
    }
    assertThat(groups().execution(id).orElseThrow().state()).isEqualTo(State.FAILED);
    reopened(Faults.none());
    assertThat(groups().executions("analysts", 10))
        .singleElement()
        .satisfies(
            execution -> {
              assertThat(execution.state()).isEqualTo(State.FAILED);
              assertThat(execution.reason()).contains("the process that ran it ended");
            });
    assertThat(answer(engine, COUNT)).hasSize(1);
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

  private void reopened(Faults faults) {
    lake.close();
    lake = open(with -> with.clock(clock).faults(faults));
    engine = QueryEngine.of(lake);
  }

  private static boolean isOfTheHistory() {
    return StackWalker.getInstance()
        .walk(calls -> calls.anyMatch(call -> call.getClassName().endsWith(".History")));
  }

  @Test
  void statementsWaitForNoTransactionUnlessTheirBytesAreCounted() {
    Thread caller = Thread.currentThread();
    AtomicInteger writes = new AtomicInteger();
    reopened(
        Faults.on(Call.WRITE_METADATA)
            .before(
                subject -> {
                  if (Thread.currentThread().equals(caller)) {
                    writes.incrementAndGet();
                  }
                }));
    groups().register(ANALYSTS);
    groups().register(Workgroup.named("counted").scanTogetherAtMost(1L << 40, Duration.ofHours(1)));
    int before = writes.get();
    assertThat(answer(engine, Query.sql(COUNT.text()))).hasSize(1);
    assertThat(answer(engine, COUNT)).hasSize(1);
    assertThat(writes).hasValue(before);

    assertThat(last().state()).isEqualTo(State.SUCCEEDED);
    before = writes.get();
    assertThat(answer(engine, COUNT.workgroup("counted"))).hasSize(1);
    assertThat(writes).hasValue(before + 1);
  }

  @Nested
  class Failing {

    private final AtomicBoolean broken = new AtomicBoolean();

    private void reopen(Call call, BooleanSupplier when) {
      reopened(
          Faults.on(call)
              .before(
                  subject -> {
                    if (broken.get() && when.getAsBoolean()) {
                      throw new UnavailableException("use", subject, "of a test");
                    }
                  }));
    }

    @Test
    void ofTheHistoryStopNoStatement() {
      reopen(Call.WRITE_METADATA, DirectoryWorkgroupTest::isOfTheHistory);
      groups().register(ANALYSTS);
      broken.set(true);
      assertThat(answer(engine, COUNT)).hasSize(1);
      broken.set(false);
      assertThat(last().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void ofTheHistoryStopNoStatementThatMayBeAnsweredAgain() {
      reopen(Call.WRITE_METADATA, DirectoryWorkgroupTest::isOfTheHistory);
      groups().register(WITH_RESULTS);
      broken.set(true);
      assertThat(stats(engine, COUNT.reuseResultsFor(Duration.ofHours(1))).reused())
          .isEqualTo(Reused.COMPUTED);
      broken.set(false);
      assertThat(last().state()).isEqualTo(State.SUCCEEDED);
      assertThat(stats(engine, COUNT.reuseResultsFor(Duration.ofHours(1))).reused())
          .isEqualTo(Reused.REUSED);
    }

    @Test
    void ofTheHistoryStopStatementsWhoseBytesAreCounted() {
      reopen(Call.WRITE_METADATA, DirectoryWorkgroupTest::isOfTheHistory);
      groups().register(ANALYSTS.scanTogetherAtMost(1L << 40, Duration.ofHours(1)));
      broken.set(true);
      assertThatThrownBy(() -> answer(engine, COUNT)).isInstanceOf(UnavailableException.class);
      broken.set(false);
      assertThat(last().state()).isEqualTo(State.FAILED);
    }

    @Test
    void ofTheFileFailTheStatement() {
      reopen(Call.COMPLETE_UPLOAD, () -> true);
      groups().register(WITH_RESULTS);
      broken.set(true);
      assertThatThrownBy(() -> answer(engine, ALL)).isInstanceOf(UnavailableException.class);
      broken.set(false);
      assertThat(last().state()).isEqualTo(State.FAILED);
      assertThat(last().results()).isEmpty();
      assertThat(results()).isEmpty();
    }
  }
}
