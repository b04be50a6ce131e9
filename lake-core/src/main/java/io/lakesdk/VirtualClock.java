package io.lakesdk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to advance: time for tests. Thread-safe. */
public final class VirtualClock extends Clock {

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private VirtualClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock in UTC that shows {@code start}. */
  public static VirtualClock at(Instant start) {
    return new VirtualClock(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  /** A clock in UTC that shows the start of an ISO instant such as {@code 2026-01-01T00:00:00Z}. */
  public static VirtualClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Moves time on. */
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same time, which advances with this clock, shown in another zone. */
  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(now, other);
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
