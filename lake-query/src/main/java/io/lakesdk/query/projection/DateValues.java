package io.lakesdk.query.projection;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.draft.Layout;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments of a range, in UTC.
 *
 * @param start the first
 * @param count how many
 * @param interval between two of them, in the unit
 * @param format as they are written
 * @param pattern of the format
 */
record DateValues(
    LocalDateTime start,
    long count,
    long interval,
    ChronoUnit unit,
    DateTimeFormatter format,
    String pattern)
    implements KeyValues {

  private static final Pattern NOW =
      Pattern.compile(
          "\\s*NOW\\s*(?:([+-])\\s*([0-9]{1,9})\\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\\s*)?");

  private static final Set<ChronoUnit> UNITS =
      EnumSet.of(
          ChronoUnit.YEARS,
          ChronoUnit.MONTHS,
          ChronoUnit.WEEKS,
          ChronoUnit.DAYS,
          ChronoUnit.HOURS,
          ChronoUnit.MINUTES,
          ChronoUnit.SECONDS,
          ChronoUnit.MILLIS);

  /**
   * Patterns whose fields have as many digits as they say and go from the longest to the shortest.
   */
  private static final Pattern ORDERED =
      Pattern.compile(
          "(?:yyyy|uuuu)(?:[^a-zA-Z']*MM(?:[^a-zA-Z']*dd(?:(?:[^a-zA-Z']|'[^']*')*HH(?:[^a-zA-Z']*mm"
              + "(?:[^a-zA-Z']*ss(?:[^a-zA-Z']*SSS)?)?)?)?)?)?[^a-zA-Z']*");

  /**
   * @param now what NOW is
   * @throws InvalidDefinitionException if the properties of the key are not those of dates
   */
  static DateValues of(Properties properties, String key, Instant now) {
    String pattern = properties.require(key, "format");
    DateTimeFormatter format = format(properties, key, pattern);
    String[] ends = properties.range(key);
    LocalDateTime start = moment(properties, key, ends[0], format, now);
    LocalDateTime end = moment(properties, key, ends[1], format, now);
    ChronoUnit unit = unit(properties, key, pattern);
    long interval = properties.positive(key, "interval").orElse(1L);
    DateValues none = new DateValues(start, 0, interval, unit, format, pattern);
    try {
      long count = none.upTo(end);
      DateValues values = new DateValues(start, count, interval, unit, format, pattern);
      if (count > 0) {
        values.value(count - 1);
      }
      return values;
    } catch (DateTimeException | ArithmeticException e) {
      throw properties.wrong(key, "format", "one that its range can be written in");
    }
  }

  private static DateTimeFormatter format(Properties properties, String key, String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .appendPattern(pattern)
          .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
    } catch (IllegalArgumentException noPattern) {
      throw properties.wrong(key, "format", "a pattern of dates, such as yyyy-MM-dd");
    }
  }

  private static LocalDateTime moment(
      Properties properties, String key, String text, DateTimeFormatter format, Instant now) {
    Matcher relative = NOW.matcher(text);
    try {
      if (!relative.matches()) {
        return LocalDateTime.parse(text, format);
      }
      LocalDateTime moment = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
      if (relative.group(1) == null) {
        return moment;
      }
      long amount = Long.parseLong(relative.group(1) + relative.group(2));
      return moment.plus(amount, ChronoUnit.valueOf(relative.group(3) + "S"));
    } catch (DateTimeException noDate) {
      throw properties.wrong(
          key, "range", "two dates of its format, or of NOW and a time before or after it");
    }
  }

  /** Days and months need not be said; the pattern does. */
  private static ChronoUnit unit(Properties properties, String key, String pattern) {
    Optional<String> named = properties.find(key, "interval.unit").map(String::strip);
    if (named.isEmpty()) {
      String fields = pattern.replaceAll("'[^']*'", "");
      boolean finer = fields.matches(".*[HhKkmsSAnNa].*");
      if (finer || !fields.matches(".*[ML].*")) {
        throw properties.wrong(
            "the table property 'projection."
                + key
                + ".interval.unit' is missing, which only formats of days and months need not"
                + " have");
      }
      return fields.contains("d") ? ChronoUnit.DAYS : ChronoUnit.MONTHS;
    }
    for (ChronoUnit unit : UNITS) {
      String name = unit == ChronoUnit.MILLIS ? "MILLISECONDS" : unit.name();
      if (name.equals(named.get().toUpperCase(Locale.ROOT))) {
        return unit;
      }
    }
    throw properties.wrong(
        key,
        "interval.unit",
        "YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS or MILLISECONDS");
  }

  private long upTo(LocalDateTime end) {
    if (end.isBefore(start)) {
      return 0;
    }
    long found = unit.between(start, end) / interval + 1;
    // The end of a short month counts for the day that it has not.
    return moment(found).isAfter(end) ? found : found + 1;
  }

  private LocalDateTime moment(long number) {
    return start.plus(Math.multiplyExact(number, interval), unit);
  }

  @Override
  public String value(long number) {
    return format.format(moment(number));
  }

  @Override
  public boolean isOrdered(Layout.Kind kind) {
    if (start.getYear() < 0 || (count > 0 && moment(count - 1).getYear() > 9999)) {
      return false;
    }
    boolean digits = pattern.chars().allMatch(Character::isLetter);
    return ORDERED.matcher(pattern).matches() && (kind == Layout.Kind.TEXT || digits);
  }
}
