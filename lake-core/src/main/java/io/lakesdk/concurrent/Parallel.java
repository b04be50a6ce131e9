package io.lakesdk.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same work for each of many things, several at once, in threads that end with the call.
 *
 * <p>A transaction of the metadata belongs to the thread that began it, so work that is done here
 * must neither read nor change what its caller may have in one.
 */
public final class Parallel {

  private static final int CALLS = 16;

  private Parallel() {}

  /** For work that waits for the answers of others: sixteen at once. */
  public static <T, R> List<R> calls(List<T> all, Function<? super T, ? extends R> work) {
    return map(CALLS, all, work);
  }

  /** {@link #calls} without results. */
  public static <T> void eachCall(List<T> all, Consumer<? super T> work) {
    calls(
        all,
        one -> {
          work.accept(one);
          return Boolean.TRUE;
        });
  }

  /** For work that computes: as many at once as there are processors. */
  public static <T, R> List<R> computations(List<T> all, Function<? super T, ? extends R> work) {
    return map(Runtime.getRuntime().availableProcessors(), all, work);
  }

  /**
   * Does work for each and gives the results in their order. Where some fails no more is begun, and
   * once none runs any more the failure that stands first in the order is thrown, with the others
   * suppressed in it. An interrupt ends nothing; the thread is still interrupted afterwards.
   */
  private static <T, R> List<R> map(
      int threads, List<T> all, Function<? super T, ? extends R> work) {
    int most = Math.min(threads, all.size());
    if (most < 2) {
      List<R> results = new ArrayList<>(all.size());
      all.forEach(one -> results.add(work.apply(one)));
      return results;
    }
    ExecutorService pool = Executors.newFixedThreadPool(most);
    try {
      AtomicBoolean failed = new AtomicBoolean();
      List<Future<R>> begun = new ArrayList<>(all.size());
      for (T one : all) {
        begun.add(pool.submit(() -> unless(failed, one, work)));
      }
      return results(begun);
    } finally {
      pool.shutdown();
    }
  }

  private static <T, R> R unless(
      AtomicBoolean failed, T one, Function<? super T, ? extends R> work) {
    if (failed.get()) {
      throw new CancellationException();
    }
    boolean done = false;
    try {
      R result = work.apply(one);
      done = true;
      return result;
    } finally {
      if (!done) {
        failed.set(true);
      }
    }
  }

  private static <R> List<R> results(List<Future<R>> begun) {
    List<R> results = new ArrayList<>(begun.size());
    Throwable first = null;
    boolean interrupted = false;
    for (Future<R> one : begun) {
      boolean ended = false;
      while (!ended) {
        try {
          results.add(one.get());
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          first = failure(first, e.getCause());
          ended = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (first instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (first instanceof Error error) {
      throw error;
    }
    return results;
  }

  private static @Nullable Throwable failure(@Nullable Throwable first, @Nullable Throwable next) {
    if (first == null || first instanceof CancellationException) {
      return next;
    }
    if (next != null && next != first && !(next instanceof CancellationException)) {
      first.addSuppressed(next);
    }
    return first;
  }
}
