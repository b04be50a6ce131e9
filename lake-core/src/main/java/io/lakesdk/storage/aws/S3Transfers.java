package io.lakesdk.storage.aws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * The threads that move parts of objects beside those of the callers, and the memory that these
 * parts may take, however many objects move. One for each lake; thread-safe.
 */
final class S3Transfers implements AutoCloseable {

  /** The size of a part in memory, of which an upload's first ones are. */
  static final int PART = 8 << 20;

  private static final int PARTS = 6;
  private static final long IDLE_SECONDS = 10;

  /** S3 gives one connection some 90 MB a second; what gives more needs no other beside it. */
  private static final double FAST = 200e6;

  private static final double NANOS = 1e9;

  private final IntUnaryOperator partSizes;
  private final double fast;
  private final Semaphore parts = new Semaphore(PARTS);
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private final ThreadPoolExecutor threads;

  S3Transfers() {
    this(S3Transfers::growing, FAST);
  }

  /**
   * @param partSizes how large parts are, by their number from 1
   * @param fast a connection with so many bytes a second is used alone
   */
  S3Transfers(IntUnaryOperator partSizes, double fast) {
    this.partSizes = partSizes;
    this.fast = fast;
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

  /**
   * How large a part of an upload of unknown length is. S3 takes 10,000 parts; with these they hold
   * its largest object of 5 TiB.
   *
   * @param number from 1
   */
  static int growing(int number) {
    if (number <= 1000) {
      return PART;
    }
    return number <= 2000 ? 4 * PART : number <= 4000 ? 16 * PART : 112 * PART;
  }

  /** Whether a connection that gave so much while it was waited for so long is slow. */
  boolean isSlow(long bytes, Duration waited) {
    return bytes < fast * waited.toNanos() / NANOS || fast == Double.POSITIVE_INFINITY;
  }

  /** The size of an upload's part. */
  int partSize(int number) {
    return partSizes.applyAsInt(number);
  }

  /** Takes the right to move one part beside the caller's thread; false if too many move now. */
  boolean tryReserve() {
    return parts.tryAcquire();
  }

  /** Gives such a right back. */
  void release() {
    parts.release();
  }

  void start(FutureTask<?> reserved) {
    threads.execute(reserved);
  }

  /** A buffer of {@link #PART}, with anything in it. */
  byte[] buffer() {
    synchronized (spare) {
      byte[] used = spare.poll();
      return used == null ? new byte[PART] : used;
    }
  }

  /** Takes back a buffer that nobody uses any more. */
  void recycle(byte[] buffer) {
    synchronized (spare) {
      if (spare.size() < PARTS && buffer.length == PART) {
        spare.push(buffer);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
