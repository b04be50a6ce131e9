package io.lakesdk.query.aws;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a thread waits between two questions to Athena. */
interface Pause {

  /**
   * Returns when the event has happened or the time has passed.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void await(CountDownLatch event, Duration longest) throws InterruptedException;

  /** Waits in the time of this machine. */
  static Pause real() {
    return (event, longest) -> {
      boolean unused = event.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
