package io.lakesdk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to advance: time for tests. Thread-safe. */
public final class VirtualClock extends Clock {

  private final Hand hand;
  private final ZoneId zone;

  private VirtualClock(Hand hand, ZoneId zone) {
    this.hand = hand;
    this.zone = zone;
  }

  /** The time, shared by the clocks that show it in different zones. */
  private static final class Hand {
    private Instant now;

    Hand(Instant now) {
      this.now = now;
    }

    synchronized Instant now() {
      return now;
    }

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }
  }

  /** A clock in UTC that shows {@code start}. */
  public static VirtualClock at(Instant start) {
    return new VirtualClock(new Hand(start), ZoneOffset.UTC);
  }

  /** A clock in UTC that shows the start of an ISO instant such as {@code 2026-01-01T00:00:00Z}. */
  public static VirtualClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Moves time on. */
  public void advance(Duration by) {
    hand.advance(by);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same time, which advances with this clock, shown in another zone. */
  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(hand, other);
  }

  @Override
  public Instant instant() {
    return hand.now();
  }
}
