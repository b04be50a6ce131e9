package io.lakesdk.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {

  private static final List<Integer> MANY = IntStream.range(0, 1000).boxed().toList();

  @Test
  void resultsHaveTheOrderOfTheThings() {
    assertThat(Parallel.calls(MANY, n -> 2 * n))
        .containsExactlyElementsOf(MANY.stream().map(n -> 2 * n).toList());
    assertThat(Parallel.computations(MANY, n -> n)).containsExactlyElementsOf(MANY);
    assertThat(Parallel.calls(List.<Integer>of(), n -> n)).isEmpty();
  }

  @Test
  void callsWaitSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    assertThat(
            Parallel.calls(
                List.of(1, 2),
                n -> {
                  both.countDown();
                  return await(both);
                }))
        .containsExactly(true, true);
  }

  @Test
  void oneIsDoneByTheCaller() {
    assertThat(Parallel.calls(List.of(1), n -> Thread.currentThread()))
        .containsExactly(Thread.currentThread());
  }

  @Test
  void theFirstFailureIsThrownWhenNothingRunsAnyMore() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(16);
    Throwable failure =
        catchThrowable(
            () ->
                Parallel.eachCall(
                    MANY,
                    n -> {
                      begun.incrementAndGet();
                      running.incrementAndGet();
                      try {
                        all.countDown();
                        await(all);
                        throw new IllegalArgumentException("failed " + n);
                      } finally {
                        running.decrementAndGet();
                      }
                    }));

    assertThat(running).hasValue(0);
    assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("failed 0");
    assertThat(begun.get()).isLessThan(MANY.size());
    assertThat(failure.getSuppressed())
        .hasSize(begun.get() - 1)
        .allSatisfy(other -> assertThat(other).hasMessageStartingWith("failed "));
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    Thread.currentThread().interrupt();
    List<Integer> results = Parallel.calls(List.of(1, 2, 3), n -> n);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results).containsExactly(1, 2, 3);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
