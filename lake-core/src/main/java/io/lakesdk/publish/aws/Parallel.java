package io.lakesdk.publish.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many small calls, some of them at once. */
final class Parallel {

  private static final int THREADS = 16;

  private Parallel() {}

  /** Does work for each; throws what the first that failed threw, when none runs any more. */
  static <T> void each(List<T> all, Consumer<? super T> work) {
    if (all.size() < 2) {
      all.forEach(work);
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, all.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (T one : all) {
        running.add(threads.submit(() -> work.accept(one)));
      }
      for (Future<?> one : running) {
        await(one);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<?> one) {
    try {
      one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were looked at", e);
    }
  }
}
