package io.lakesdk.query.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.storage.LocalFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fatal error of DuckDB ends its database, and the lake goes on with a new one. DuckDB's own
 * setting for tests makes the checkpoint of the first database fail in that way.
 */
class FatalErrorTest {

  private static final Query ONE = Query.sql("SELECT 1 AS x");
  private static final Query LONG =
      Query.sql("SELECT a.x FROM UNNEST(sequence(1, 9000)) AS a(x), UNNEST(sequence(1, 900)) b(y)");

  @TempDir private Path folder;

  private final AtomicInteger opened = new AtomicInteger();
  private Lake lake;
  private QueryEngine engine;
  private Duck duck;

  @BeforeEach
  void openWithADatabaseThatWillFail() {
    lake = Lake.inMemory();
    LocalFiles files = lake.backend().files();
    duck =
        lake.shared(
            Duck.class,
            () ->
                new Duck(
                    files,
                    () ->
                        opened.getAndIncrement() == 0
                            ? DuckDatabase.open(
                                files,
                                "jdbc:duckdb:" + folder.resolve("doomed.db"),
                                List.of(
                                    "SET debug_checkpoint_abort = 'before_header'",
                                    "CREATE TABLE unsaved AS SELECT 1 AS x"))
                            : DuckDatabase.open(files)));
    engine = QueryEngine.of(lake);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** Ends the database without a statement of the lake. */
  private void fail() throws SQLException {
    try (DuckDBConnection connection = duck.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("CHECKPOINT"))
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith("FATAL Error");
    }
  }

  private List<List<Object>> answer(Query query) {
    try (Rows rows = engine.run(query)) {
      return rows.asLists().toList();
    }
  }

  private static void assertStartedAnew(UnavailableException failure) {
    assertThat(failure)
        .hasMessage(
            "Cannot run query without datasets: the engine failed with an error of its own, in"
                + " this statement or in one beside it, and was started anew; run it again");
  }

  @Test
  void thatNobodySawFailsOneStatementAndNotTheNext() throws SQLException {
    fail();
    assertThatThrownBy(() -> answer(ONE))
        .isInstanceOfSatisfying(UnavailableException.class, FatalErrorTest::assertStartedAnew);
    assertThat(answer(ONE)).containsExactly(List.of(1));
    assertThat(opened).hasValue(2);
    assertThat(duck.open()).isZero();
  }

  @Test
  void ofAStatementItselfIsNoticedAtOnce() {
    try (Plan plan = new Plan(duck);
        Running running = Running.atOnce(duck, plan)) {
      assertThatThrownBy(() -> running.execute("CHECKPOINT"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The engine refused a translated statement: FATAL error");
    }
    assertThat(answer(ONE)).containsExactly(List.of(1));
    assertThat(opened).hasValue(2);
  }

  @Test
  void stopsResultsOfTheOldDatabaseWithAReason() throws SQLException {
    try (Rows rows = engine.run(LONG);
        Stream<List<Object>> stream = rows.asLists()) {
      Iterator<List<Object>> iterator = stream.iterator();
      assertThat(iterator.next()).hasSize(1);
      fail();
      assertThatThrownBy(() -> answer(ONE)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> iterator.forEachRemaining(row -> {}))
          .isInstanceOfSatisfying(UnavailableException.class, FatalErrorTest::assertStartedAnew);
      assertThat(answer(ONE)).containsExactly(List.of(1));
    }
    assertThat(duck.open()).isZero();
  }

  @Test
  void losesWorkbenchesWhichSaySo() throws SQLException {
    try (Workbench old = engine.workbench()) {
      Workbench.Relation rows = old.rows(List.of(new Column("x", DataType.INT, "")), rows(1, 2));
      fail();
      assertThatThrownBy(() -> old.stream(rows)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> old.stream(rows))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot use lake this: the engine failed with an error of its own and was started"
                  + " anew, which has lost what the workbench had; open another one");
    }
    try (Workbench fresh = engine.workbench();
        Rows rows =
            fresh.stream(fresh.rows(List.of(new Column("x", DataType.INT, "")), rows(1, 2)))) {
      assertThat(rows.asMaps()).containsExactlyInAnyOrder(Map.of("x", 1), Map.of("x", 2));
    }
  }

  private static Iterator<@Nullable Object[]> rows(Integer... values) {
    return Stream.of(values).map(value -> new @Nullable Object[] {value}).iterator();
  }

  @Test
  void letsManyThreadsGoOn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> asked = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        boolean fails = i == 20;
        asked.add(
            () -> {
              if (fails) {
                fail();
              }
              try {
                return answer(ONE).equals(List.of(List.of(1)));
              } catch (UnavailableException failed) {
                assertStartedAnew(failed);
                return false;
              }
            });
      }
      for (Future<Boolean> one : threads.invokeAll(asked)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(answer(ONE)).containsExactly(List.of(1));
    assertThat(opened).hasValue(2);
    assertThat(duck.open()).isZero();
  }
}
