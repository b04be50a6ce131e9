package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.Zones;
import io.lakesdk.query.sql.type.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as ISO 8601 writes them. */
final class IsoTimes {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?"
              + "(?:T(?:(\\d{2})(?::(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?)?"
              + "(Z|[+-]\\d{2}(?::?\\d{2})?)?)?");

  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?|-W(\\d{2})(?:-(\\d))?|-(\\d{3}))?");

  private IsoTimes() {}

  /** A timestamp without zone as text, with a T in it. */
  static Typed clock(Typed timestamp) {
    Typed text = Casts.cast(timestamp, TEXT).orElseThrow();
    return Typed.of("replace(" + text.sql() + ", ' ', 'T')", TEXT, timestamp);
  }

  /** A date by its month, its week or its day of the year. */
  static LocalDate date(String text) {
    Matcher parts = DATE.matcher(text);
    if (!parts.matches()) {
      throw new BadArgument(Raise.INVALID_DATE.reason());
    }
    try {
      int year = Integer.parseInt(parts.group(1));
      if (parts.group(6) != null) {
        return LocalDate.ofYearDay(year, Integer.parseInt(parts.group(6)));
      } else if (parts.group(4) != null) {
        return LocalDate.of(year, 1, 4)
            .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, number(parts, 4, 1))
            .with(ChronoField.DAY_OF_WEEK, number(parts, 5, 1));
      }
      return LocalDate.of(year, number(parts, 2, 1), number(parts, 3, 1));
    } catch (DateTimeException e) {
      throw new BadArgument(Raise.INVALID_DATE.reason());
    }
  }

  /** The type of such a text, which has so many characters without a fraction. */
  static SqlType length(SqlType type, int whole) {
    int digits =
        type instanceof SqlType.Timestamp time
            ? time.precision()
            : ((SqlType.TimestampWithTimeZone) type).precision();
    return new SqlType.Varchar(Optional.of(whole + (digits == 0 ? 0 : digits + 1)));
  }

  /** The instant; what is no constant must be in UTC, since the zone belongs to the type. */
  static Renderer reader(JavaFunction instant) {
    return (arguments, result) -> {
      Optional<String> known = arguments.get(0).text();
      if (known.isEmpty()) {
        return instant.render(arguments, result);
      }
      OffsetDateTime time;
      try {
        time = parse(known.get());
      } catch (BadArgument e) {
        return instant.render(arguments, result);
      }
      Typed clock = DateFunctions.timestamp(time.toLocalDateTime(), 3);
      return Zones.instant(clock, Zones.named(time.getOffset().getId()));
    };
  }

  static LocalDateTime instant(String text) {
    OffsetDateTime time = parse(text);
    if (!time.getOffset().equals(ZoneOffset.UTC)) {
      throw new BadArgument(
          "a text with a time zone other than UTC is supported as a constant only");
    }
    return time.toLocalDateTime();
  }

  private static OffsetDateTime parse(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      throw new BadArgument("Invalid format: a text is no ISO 8601 timestamp");
    }
    try {
      LocalDate date = LocalDate.of(number(parts, 1, 0), number(parts, 2, 1), number(parts, 3, 1));
      LocalTime time = LocalTime.of(number(parts, 4, 0), number(parts, 5, 0), number(parts, 6, 0));
      String fraction = parts.group(7) == null ? "0" : parts.group(7);
      int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
      ZoneOffset offset = parts.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(8));
      return OffsetDateTime.of(date, time.withNano(nanos), offset).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new BadArgument("Invalid format: a text is no ISO 8601 timestamp");
    }
  }

  private static int number(Matcher parts, int group, int otherwise) {
    return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
  }
}
