package io.lakesdk;

import java.time.Clock;

/** The one place where the SDK reads the machine's time. */
final class SystemTime {

  private SystemTime() {}

  static Clock clock() {
    return Clock.systemUTC();
  }
}
