package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Timestamp;
import io.lakesdk.query.sql.type.SqlType.TimestampWithTimeZone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Instants and the clocks of their time zones. A value is an instant; its zone belongs to its type,
 * so that it is known while a statement is understood.
 */
public final class Zones {

  private static final int MINUTE = 60;

  private Zones() {}

  /**
   * The name of a zone, checked.
   *
   * @throws UnsupportedCall if there is none of this name
   */
  public static String named(String zone) {
    try {
      ZoneId id = ZoneId.of(zone);
      return id.normalized().equals(ZoneOffset.UTC) ? "UTC" : id.getId();
    } catch (DateTimeException e) {
      throw new UnsupportedCall("'" + zone + "' is not a valid time zone");
    }
  }

  /** What the clock of an instant's zone shows: a timestamp without zone. */
  public static Typed clock(Typed instant) {
    TimestampWithTimeZone type = (TimestampWithTimeZone) instant.type();
    String zone = known(type);
    String utc = "CAST(" + instant.sql() + " AS TIMESTAMP)";
    String sql =
        switch (zone) {
          case "UTC" -> utc;
          default ->
              isOffset(zone)
                  ? "(" + utc + " + " + offset(zone) + ")"
                  : "timezone(" + Sql.text(zone) + ", " + instant.sql() + ")";
        };
    return Typed.of(sql, new Timestamp(type.precision()), instant);
  }

  /** The instant at which the clock of a zone shows a timestamp. */
  public static Typed instant(Typed clock, String zone) {
    int precision = clock.type() instanceof Timestamp time ? time.precision() : 0;
    TimestampWithTimeZone type = new TimestampWithTimeZone(precision, zone);
    String time = Sql.cast(clock.sql(), new Timestamp(precision));
    String sql =
        switch (known(type)) {
          case "UTC" -> Sql.cast(time, type);
          default ->
              isOffset(zone)
                  ? Sql.cast("(" + time + " - " + offset(zone) + ")", type)
                  : "timezone(" + Sql.text(zone) + ", " + time + ")";
        };
    return Typed.of(sql, type, clock);
  }

  /** How far the zone's clock is ahead of UTC, in minutes, as a BIGINT. */
  public static String minutes(Typed instant) {
    return "((epoch_us("
        + clock(instant).sql()
        + ") - epoch_us(CAST("
        + instant.sql()
        + " AS TIMESTAMP))) // 60000000)";
  }

  private static String known(TimestampWithTimeZone type) {
    if (type.zone().isEmpty()) {
      throw new UnsupportedCall(
          "the time zone differs between values that come together here; say which one is meant"
              + " with AT TIME ZONE");
    }
    return type.zone();
  }

  private static boolean isOffset(String zone) {
    return zone.startsWith("+") || zone.startsWith("-");
  }

  private static String offset(String zone) {
    return "to_minutes(" + ZoneOffset.of(zone).getTotalSeconds() / MINUTE + ")";
  }

  /** The type in another zone. */
  public static SqlType in(SqlType type, String zone) {
    return new TimestampWithTimeZone(((TimestampWithTimeZone) type).precision(), zone);
  }
}
