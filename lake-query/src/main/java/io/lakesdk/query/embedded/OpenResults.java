package io.lakesdk.query.embedded;

import io.lakesdk.error.UnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for results whose rows are still read, of which each holds up to 9 MB of the engine's
 * memory. A place is given back when its rows were read to their end or closed, and with the lake.
 * Rows that were forgotten give theirs back once the JVM has found out that nobody can reach them.
 * It is asked to do so before a result is refused, but it need not heed that.
 */
final class OpenResults {

  static final int MOST = 256;

  /** How long forgotten rows may take to be closed after they were found. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Semaphore places = new Semaphore(MOST);

  /** One thread at a time asks the JVM to collect; the others profit from it. */
  private final ReentrantLock collecting = new ReentrantLock();

  /**
   * Takes a place for a result of this plan.
   *
   * @throws UnavailableException if there is none
   */
  void take(Plan plan) {
    if (!places.tryAcquire() && !takeForgotten()) {
      throw new UnavailableException(
          "run",
          plan.subject(),
          "this lake has "
              + MOST
              + " results open, which is the most; close each one when it was read, with"
              + " try-with-resources");
    }
  }

  private boolean takeForgotten() {
    collecting.lock();
    try {
      if (places.tryAcquire()) {
        return true;
      }
      System.gc();
      return places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      collecting.unlock();
    }
  }

  void giveBack() {
    places.release();
  }
}
