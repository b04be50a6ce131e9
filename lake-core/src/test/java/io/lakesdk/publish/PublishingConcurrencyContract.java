package io.lakesdk.publish;

import static io.lakesdk.publish.Write.APPEND;
import static io.lakesdk.publish.Write.OVERWRITE;
import static io.lakesdk.publish.Write.OVERWRITE_PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.ConflictException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.publish.Publication.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several writers and readers at once see, and what is left when a call fails. */
public abstract class PublishingConcurrencyContract extends PublishingFilterContract {

  /** Runs this many tasks, which start together, and gives what they returned. */
  private static <T> List<T> atOnce(int count, IntFunction<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier start = new CyclicBarrier(count);
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        tasks.add(
            () -> {
              start.await();
              return task.apply(number);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a task failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  @Nested
  class AtOnce {

    @Test
    void theSameLoadFromEightThreadsLandsOnce() throws Exception {
      List<Publication> receipts = atOnce(8, i -> publish(APPEND, "one", "a", "b"));
      assertThat(receipts).filteredOn(r -> r.outcome() == Outcome.PUBLISHED).hasSize(1);
      assertThat(receipts).extracting(Publication::version).containsOnly(1L);
      assertThat(receipts).extracting(Publication::files).containsOnly(receipts.get(0).files());
      assertThat(texts(ORDERS)).containsExactly("a", "b");
      assertThat(objects()).isEqualTo(2);
    }

    @Test
    void allAppendsLand() throws Exception {
      List<Publication> receipts = atOnce(8, i -> publish(APPEND, "load-" + i, String.valueOf(i)));
      assertThat(receipts)
          .extracting(Publication::version)
          .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
      assertThat(texts(ORDERS)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
      assertThat(publishing.snapshot(ORDERS).totals()).isEqualTo(new Snapshot.Totals(1, 8, 8, 8));
    }

    @Test
    void oneOfTwoOverwritesOfTheSamePartitionConflicts() throws Exception {
      for (int round = 0; round < 5; round++) {
        String name = "round-" + round + "-";
        CyclicBarrier begun = new CyclicBarrier(2);
        List<String> results =
            atOnce(
                2,
                i -> {
                  try (Draft draft =
                      flightsDraft(OVERWRITE_PARTITIONS, name + i, 1, String.valueOf(i))) {
                    begun.await();
                    publishing.publish(draft);
                    return "landed " + i;
                  } catch (ConflictException e) {
                    return "conflict";
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
        assertThat(results).containsOnlyOnce("conflict");
        String winner = results.get(results.get(0).equals("conflict") ? 1 : 0);
        assertThat(texts(FLIGHTS)).containsExactly(winner.substring("landed ".length()));
      }
    }

    @Test
    @Timeout(60)
    void aReaderSeesOnlyWholeStates() throws Exception {
      publish(OVERWRITE, "load-0", "0", "0", "0");
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService reader = Executors.newSingleThreadExecutor();
      try {
        Future<Integer> reads =
            reader.submit(
                () -> {
                  int count = 0;
                  for (boolean last = false; !last; count++) {
                    last = done.get();
                    List<String> seen = texts(ORDERS);
                    assertThat(seen).hasSize(3).containsOnly(seen.get(0));
                  }
                  return count;
                });
        for (int i = 1; i <= 50; i++) {
          publish(OVERWRITE, "load-" + i, "" + i, "" + i, "" + i);
        }
        done.set(true);
        assertThat(reads.get(30, TimeUnit.SECONDS)).isPositive();
      } finally {
        reader.shutdownNow();
      }
      assertThat(texts(ORDERS)).containsExactly("50", "50", "50");
    }
  }

  @Nested
  class WhenACallFails {

    private final AtomicBoolean failures = new AtomicBoolean();

    @Test
    void nothingIsVisibleAndARetryLandsOnce() {
      openWith(failing());
      try (Draft draft = draft(APPEND, "one", "a")) {
        failures.set(true);
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(UnavailableException.class);
        failures.set(false);
        assertThat(texts(ORDERS)).isEmpty();
        assertThat(publishing.publish(draft).outcome()).isEqualTo(Outcome.PUBLISHED);
      }
      assertThat(publish(APPEND, "one", "a").outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(objects()).isEqualTo(1);
    }

    @Test
    void aDraftThatWasNotPublishedLeavesNothing() {
      openWith(failing());
      try (Draft draft = draft(APPEND, "one", "a")) {
        failures.set(true);
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(UnavailableException.class);
        failures.set(false);
      }
      assertThat(objects()).isZero();
    }

    @Test
    void aDraftThatCannotRemoveItsFilesLeavesThemToTheVacuum() {
      openWith(failingToDelete());
      try (Draft draft = draft(APPEND, "one", "a")) {
        assertThat(draft.earlier()).isEmpty();
        failures.set(true);
      }
      failures.set(false);
      assertThat(objects()).isEqualTo(1);
      clock.advance(Duration.ofDays(2));
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO).filesRemoved()).isEqualTo(1);
      assertThat(objects()).isZero();
    }

    @Test
    void aRetryAfterALostAnswerFindsTheLoad() {
      openWith(losing());
      try (Draft draft = draft(APPEND, "one", "a")) {
        failures.set(true);
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(OutcomeUnknownException.class);
        failures.set(false);
      }
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(publish(APPEND, "one", "a").outcome()).isEqualTo(Outcome.REPEATED);
      assertThat(texts(ORDERS)).containsExactly("a");
      assertThat(objects()).isEqualTo(1);
    }

    @Test
    void aRetryOfTheSameDraftAfterALostAnswerFindsTheLoad() {
      openWith(losing());
      try (Draft draft = draft(APPEND, "one", "a")) {
        failures.set(true);
        assertThatThrownBy(() -> publishing.publish(draft))
            .isInstanceOf(OutcomeUnknownException.class);
        failures.set(false);
        assertThat(publishing.publish(draft).outcome()).isEqualTo(Outcome.REPEATED);
      }
      assertThat(texts(ORDERS)).containsExactly("a");
    }

    @Test
    void aVacuumThatWasInterruptedIsFinishedByTheNext() {
      openWith(failingToDelete());
      publish(APPEND, "one", "a");
      publish(OVERWRITE, "two", "b");
      clock.advance(Duration.ofDays(1));
      failures.set(true);
      assertThatThrownBy(() -> publishing.vacuum(ORDERS, Duration.ZERO))
          .isInstanceOf(UnavailableException.class);
      failures.set(false);
      assertThat(objects()).isEqualTo(2);
      assertThatThrownBy(() -> publishing.rollback(ORDERS, 1))
          .hasMessageContaining("its files were vacuumed");
      assertThat(publishing.vacuum(ORDERS, Duration.ZERO).filesRemoved()).isEqualTo(1);
      assertThat(objects()).isEqualTo(1);
      assertThat(texts(ORDERS)).containsExactly("b");
    }

    private Faults failingToDelete() {
      return Faults.on(Call.DELETE_OBJECT)
          .before(
              subject -> {
                if (failures.get()) {
                  throw new UnavailableException("delete", subject, "by the test");
                }
              });
    }

    private Faults failing() {
      return Faults.on(Call.WRITE_METADATA)
          .before(
              subject -> {
                if (failures.get()) {
                  throw new UnavailableException("write", subject, "throttled by the test");
                }
              });
    }

    private Faults losing() {
      return Faults.on(Call.WRITE_METADATA)
          .after(
              subject -> {
                if (failures.get()) {
                  throw new OutcomeUnknownException("write", subject, "lost by the test");
                }
              });
    }
  }
}
