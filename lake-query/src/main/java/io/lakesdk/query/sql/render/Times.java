package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.List;
import java.util.Optional;

/** Times of day, by way of the timestamps of the first of January 1970. */
public final class Times {

  private static final String ACCEPTED =
      "([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\\.[0-9]{1,6})?)?";

  private Times() {}

  /** The timestamp of that time. */
  public static Typed clock(Typed time) {
    SqlType type = new SqlType.Timestamp(((SqlType.Time) time.type()).precision());
    return Typed.of("(CAST('1970-01-01' AS DATE) + " + time.sql() + ")", type, time);
  }

  /** The time of a timestamp, rounded half up where the type has fewer digits. */
  public static Typed of(Typed timestamp, SqlType.Time type) {
    int digits = ((SqlType.Timestamp) timestamp.type()).precision();
    Typed rounded =
        digits > type.precision()
            ? Casts.rounded(timestamp, type.precision(), new SqlType.Timestamp(type.precision()))
            : timestamp;
    return Typed.of(Sql.cast(rounded.sql(), type), type, timestamp);
  }

  /** The time that a text says. */
  static Typed read(Typed text, SqlType.Time type) {
    SqlType.Time exact = new SqlType.Time(6);
    Typed read =
        Template.of(
                "CASE WHEN {0} IS NULL THEN NULL WHEN regexp_full_match({0}, {a})"
                    + " THEN CAST('1970-01-01 ' || {0} AS TIMESTAMP) ELSE {b} END")
            .with(Sql.text(ACCEPTED), Raise.INVALID_CAST.sql(new SqlType.Timestamp(6)))
            .fill(List.of(text), new SqlType.Timestamp(exact.precision()));
    return of(read, type);
  }

  /** A time as another one. */
  static Optional<Typed> cast(Typed time, SqlType type) {
    return type instanceof SqlType.Time other
        ? Optional.of(of(clock(time), other))
        : Optional.empty();
  }
}
