package io.lakesdk.security.aws;

import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls that wait for answers, several at once. */
final class InParallel {

  private static final int THREADS = 16;

  private InParallel() {}

  /** The results in the order of {@code all}. */
  static <T, R> List<R> map(List<T> all, Function<T, R> call) {
    if (all.size() == 1) {
      return List.of(call.apply(all.get(0)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, all.size()));
    try {
      List<Future<R>> running =
          all.stream().map(one -> threads.submit(() -> call.apply(one))).toList();
      List<R> results = new ArrayList<>();
      for (Future<R> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "search", Subject.of(Subject.Kind.METADATA, ""), "the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LakeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
