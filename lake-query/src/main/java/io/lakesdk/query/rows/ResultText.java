package io.lakesdk.query.rows;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as Athena prints them in the files of results. Source: files that Athena wrote, and
 * "Working with query results" of the Athena user guide.
 */
public final class ResultText {

  private static final int NANOS_OF_A_MILLI = 1_000_000;
  private static final long MONTHS_OF_A_YEAR = 12;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private ResultText() {}

  /** A line of CSV: values in quotes, which are doubled inside; nothing for NULL. */
  public static String line(List<? extends @Nullable Object> values) {
    return line(values, ',', '"');
  }

  /** {@link #line(List)} with another delimiter and another quote. */
  public static String line(List<? extends @Nullable Object> values, char delimiter, char quote) {
    String one = String.valueOf(quote);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        line.append(delimiter);
      }
      Object value = values.get(i);
      if (value != null) {
        line.append(one).append(of(value).replace(one, one + one)).append(one);
      }
    }
    return line.append('\n').toString();
  }

  /** What is printed of a value of a result. */
  public static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof LocalDateTime time) {
      return time(time);
    } else if (value instanceof LocalTime time) {
      return time(time.atDate(LocalDate.EPOCH)).substring("1970-01-01 ".length());
    } else if (value instanceof Instant instant) {
      return time(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + " UTC";
    } else if (value instanceof byte[] bytes) {
      return HexFormat.ofDelimiter(" ").formatHex(bytes);
    } else if (value instanceof Duration duration) {
      return daysToSeconds(duration);
    } else if (value instanceof Period period) {
      long months = period.toTotalMonths();
      long size = Math.abs(months);
      return (months < 0 ? "-" : "") + size / MONTHS_OF_A_YEAR + "-" + size % MONTHS_OF_A_YEAR;
    } else if (value instanceof List<?> list) {
      return list.stream().map(ResultText::of).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  private static String time(LocalDateTime time) {
    return (time.toLocalTime().toNanoOfDay() % NANOS_OF_A_MILLI == 0 ? MILLIS : MICROS)
        .format(time);
  }

  private static String daysToSeconds(Duration duration) {
    Duration size = duration.abs();
    return "%s%d %02d:%02d:%02d.%03d"
        .formatted(
            duration.isNegative() ? "-" : "",
            size.toDays(),
            size.toHoursPart(),
            size.toMinutesPart(),
            size.toSecondsPart(),
            size.toMillisPart());
  }
}
