package io.lakesdk.storage.aws;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that move parts of objects beside those of the callers, and the memory that these
 * parts may take. One for each lake; thread-safe.
 */
final class S3Transfers implements AutoCloseable {

  private static final int PARTS = 6;
  private static final long IDLE_SECONDS = 10;

  private final Semaphore parts = new Semaphore(PARTS);
  private final ThreadPoolExecutor threads;

  S3Transfers() {
    this.threads =
        new ThreadPoolExecutor(
            PARTS,
            PARTS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "lake-s3");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Takes the right to move one part beside the caller's thread; false if too many move now. */
  boolean tryReserve() {
    return parts.tryAcquire();
  }

  /** Waits for such a right. Not while others of the same caller are kept and do not move. */
  void reserve() {
    parts.acquireUninterruptibly();
  }

  /** Gives such a right back. */
  void release() {
    parts.release();
  }

  /** Does work whose part was reserved, and gives the right back at its end. */
  <T> Future<T> startReserved(Callable<T> work) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                return work.call();
              } finally {
                release();
              }
            });
    threads.execute(task);
    return task;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
