package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How statements are stopped, run beside one another, and hold places until they are closed. */
abstract class QueryControlContract extends QueryRefusalContract {

  /** Takes minutes and no memory. */
  private static final String SLOW =
      "SELECT sum(a.x * b.x) FROM UNNEST(sequence(1, 9000)) AS a(x),"
          + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"
          + " WHERE a.x + b.x > c.x";

  @Nested
  class Stopping {

    private Future<Throwable> reading(Rows rows) {
      return CompletableFuture.supplyAsync(
          () -> {
            try (rows) {
              rows.asLists().forEach(row -> {});
              return new AssertionError("it ended");
            } catch (Throwable e) {
              return e;
            }
          });
    }

    @Test
    void happensAfterTheTimeout() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer(Query.sql(SLOW).timeout(Duration.ofMillis(300))))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query without datasets: it took longer than its timeout of 300"
                  + " milliseconds");
    }

    private Rows endless() {
      return engine.run(
          Query.sql(
              "SELECT a.x + b.x AS y FROM UNNEST(sequence(1, 9000)) AS a(x),"
                  + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"));
    }

    @Test
    void happensWhenARowsReaderIsCancelledByAnotherThread() throws Exception {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      Future<Throwable> reader = reading(rows);
      rows.cancel();

      assertThat(reader.get(10, TimeUnit.SECONDS))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("it was cancelled");
    }

    @Test
    void happensWhenTheStreamIsClosed() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      try (Stream<List<Object>> stream = rows.asLists()) {
        assertThat(stream.limit(3)).hasSize(3);
      }
      assertThat(answer("SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void happensWhenTheLakeIsClosed() throws Exception {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      Future<Throwable> reader = reading(rows);
      lake.close();

      assertThat(reader.get(10, TimeUnit.SECONDS))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("the lake was closed");
    }
  }

  @Nested
  class OpenResults {

    private Rows opened() {
      return engine.run(Query.sql("SELECT country FROM sales.orders"));
    }

    @Test
    void areAtMostSoMany() {
      int most = mostOpenResults().orElse(0);
      assumeTrue(most > 0, "this engine keeps results in files, of which any number can be read");
      List<Rows> open = new ArrayList<>();
      try {
        for (int i = 0; i < most; i++) {
          open.add(opened());
        }
        assertThatThrownBy(this::opened)
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "Cannot run query over sales.orders: this lake has "
                    + most
                    + " results open, which is the most; close each one when it was read, with"
                    + " try-with-resources");
        open.get(0).close();
        open.get(0).close();
        open.set(0, opened());
        assertThat(open.get(1).asLists()).hasSize(4);
        open.set(1, opened());
        assertThatThrownBy(this::opened).isInstanceOf(UnavailableException.class);
        assertThat(open).allSatisfy(rows -> assertThat(rows.asLists()).hasSize(4));
      } finally {
        open.forEach(Rows::close);
      }
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
    }

    @Test
    void thatFailToStartTakeNoPlace() {
      int most = mostOpenResults().orElse(0);
      assumeTrue(most > 0, "this engine keeps results in files, of which any number can be read");
      for (int i = 0; i <= most; i++) {
        failure("SELECT 1 / 0 FROM sales.orders", BadDataException.class);
      }
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
    }
  }

  @Test
  void manyThreadsAskAtOnceWhileOneStatementIsSlow() throws Exception {
    assumeTrue(
        speaksAthena(),
        "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Future<?> slow =
          threads.submit(
              () -> {
                started.countDown();
                return failure(
                    "SELECT 1 FROM sales.orders WHERE id IN (" + SLOW + ")", LakeException.class);
              });
      started.await();
      List<Callable<List<List<Object>>>> others = new ArrayList<>();
      for (int i = 0; i < 70; i++) {
        others.add(() -> answer("SELECT sum(id) FROM sales.orders WHERE country <> 'x'"));
      }
      for (Future<List<List<Object>>> other : threads.invokeAll(others)) {
        assertThat(other.get()).containsExactly(List.of(10L));
      }
      lake.close();
      assertThat(slow.get(10, TimeUnit.SECONDS)).asString().contains("the lake was closed");
    } finally {
      threads.shutdownNow();
    }
  }
}
