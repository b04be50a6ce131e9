package io.lakesdk.query.aws;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as Athena prints them, read by their type into those of an embedded engine. Source: what
 * {@code GetQueryResults} answers is the text that Trino has of each value.
 */
final class ResultValues {

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final Pattern DAYS =
      Pattern.compile("(-?)(\\d+) (\\d{2}):(\\d{2}):(\\d{2})\\.(\\d{3})");
  private static final Pattern MONTHS = Pattern.compile("(-?)(\\d+)-(\\d+)");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private ResultValues() {}

  /**
   * A value of a type that holds no others.
   *
   * @return empty if the text is none of that type
   */
  static Optional<Object> scalar(String text, SqlType type) {
    try {
      return Optional.ofNullable(value(text, type));
    } catch (NumberFormatException | DateTimeException none) {
      return Optional.empty();
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static @Nullable Object value(String text, SqlType type) {
    if (type instanceof SqlType.Varchar || type instanceof SqlType.Char) {
      return text;
    } else if (type instanceof SqlType.Decimal) {
      return new BigDecimal(text);
    } else if (type instanceof SqlType.Time) {
      return LocalTime.parse(text);
    } else if (type instanceof SqlType.Timestamp) {
      return LocalDateTime.parse(text, TIMESTAMP);
    } else if (type instanceof SqlType.TimestampWithTimeZone) {
      int zone = text.lastIndexOf(' ');
      return LocalDateTime.parse(text.substring(0, Math.max(0, zone)), TIMESTAMP)
          .atZone(ZoneId.of(text.substring(zone + 1)))
          .toInstant();
    }
    return type instanceof Simple simple ? simple(text, simple) : null;
  }

  private static @Nullable Object simple(String text, Simple type) {
    return switch (type) {
      case BOOLEAN -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? false : null;
      case TINYINT -> Byte.valueOf(text);
      case SMALLINT -> Short.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case REAL -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case VARBINARY -> HexFormat.of().parseHex(SPACE.matcher(text).replaceAll(""));
      case DATE -> LocalDate.parse(text);
      case JSON, IPADDRESS -> text;
      case UUID -> UUID.fromString(text);
      case INTERVAL_DAY_TO_SECOND -> days(text);
      case INTERVAL_YEAR_TO_MONTH -> months(text);
      case UNKNOWN -> null;
    };
  }

  private static @Nullable Duration days(String text) {
    Matcher parts = DAYS.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    Duration time =
        Duration.ofDays(Long.parseLong(parts.group(2)))
            .plusHours(Long.parseLong(parts.group(3)))
            .plusMinutes(Long.parseLong(parts.group(4)))
            .plusSeconds(Long.parseLong(parts.group(5)))
            .plusMillis(Long.parseLong(parts.group(6)));
    return parts.group(1).isEmpty() ? time : time.negated();
  }

  private static @Nullable Period months(String text) {
    Matcher parts = MONTHS.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    Period time =
        Period.of(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)), 0)
            .normalized();
    return parts.group(1).isEmpty() ? time : time.negated();
  }
}
