package io.lakesdk.query.sql.function.value;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.lakesdk.query.sql.function.BadArgument;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** The patterns of {@code format_datetime} and {@code parse_datetime}, which are Joda-Time's. */
public final class JodaFormat {

  private static final int MOST_FORMATS = 1000;
  private static final int LONGEST = 19;

  /** Two digits of a year are from here on. */
  private static final int PIVOT = 1950;

  private static final LoadingCache<String, DateTimeFormatter> FORMATS =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_FORMATS)
          .build(CacheLoader.from(JodaFormat::parse));

  private JodaFormat() {}

  public static String print(LocalDateTime clock, String zone, String pattern) {
    return format(pattern).format(clock.atZone(ZoneId.of(zone)));
  }

  /** Whether a pattern prints the zone. */
  public static boolean hasZone(String pattern) {
    return pattern.replaceAll("'[^']*'", "").matches("(?s).*[zZ].*");
  }

  /** The instant in UTC that a text is; without zone it is taken to be in UTC. */
  public static LocalDateTime read(String text, String pattern) {
    try {
      TemporalAccessor parsed = format(pattern).parse(text);
      ZoneId zone = parsed.query(TemporalQueries.zone());
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      LocalDate day = date == null ? defaultDate(parsed) : date;
      return ZonedDateTime.of(
              day, time == null ? LocalTime.MIDNIGHT : time, zone == null ? ZoneOffset.UTC : zone)
          .withZoneSameInstant(ZoneOffset.UTC)
          .toLocalDateTime();
    } catch (DateTimeException e) {
      throw new BadArgument("Invalid format: a text does not fit the pattern");
    }
  }

  private static LocalDate defaultDate(TemporalAccessor parsed) {
    int year = parsed.isSupported(ChronoField.YEAR) ? parsed.get(ChronoField.YEAR) : 1970;
    ChronoField monthOfYear = ChronoField.MONTH_OF_YEAR;
    int month = parsed.isSupported(monthOfYear) ? parsed.get(monthOfYear) : 1;
    ChronoField dayOfMonth = ChronoField.DAY_OF_MONTH;
    return LocalDate.of(year, month, parsed.isSupported(dayOfMonth) ? parsed.get(dayOfMonth) : 1);
  }

  private static DateTimeFormatter format(String pattern) {
    try {
      return FORMATS.getUnchecked(pattern);
    } catch (UncheckedExecutionException e) {
      if (e.getCause() instanceof BadArgument bad) {
        throw bad;
      }
      throw new BadArgument("Invalid pattern");
    }
  }

  private static DateTimeFormatter parse(String pattern) {
    DateTimeFormatterBuilder format =
        new DateTimeFormatterBuilder().parseCaseInsensitive().parseLenient();
    for (int i = 0; i < pattern.length(); ) {
      char letter = pattern.charAt(i);
      int end = i + 1;
      if (letter == '\'') {
        end = quoted(pattern, i, format);
      } else if (Character.isLetter(letter)) {
        while (end < pattern.length() && pattern.charAt(end) == letter) {
          end++;
        }
        // Numbers side by side have as many digits as letters.
        boolean beside = end < pattern.length() && Character.isLetter(pattern.charAt(end));
        field(format, letter, end - i, beside ? end - i : LONGEST);
      } else {
        format.appendLiteral(letter);
      }
      i = end;
    }
    return format.toFormatter(Locale.ENGLISH);
  }

  /** After a text in quotes, of which two stand for one. */
  private static int quoted(String pattern, int start, DateTimeFormatterBuilder format) {
    if (pattern.startsWith("''", start)) {
      format.appendLiteral('\'');
      return start + 2;
    }
    StringBuilder text = new StringBuilder();
    int i = start + 1;
    while (i < pattern.length()) {
      if (pattern.charAt(i) != '\'') {
        text.append(pattern.charAt(i++));
      } else if (pattern.startsWith("''", i)) {
        text.append('\'');
        i += 2;
      } else {
        break;
      }
    }
    format.appendLiteral(text.toString());
    return Math.min(i + 1, pattern.length());
  }

  private static void field(DateTimeFormatterBuilder format, char letter, int count, int most) {
    switch (letter) {
      case 'G' -> format.appendText(ChronoField.ERA, TextStyle.SHORT);
      case 'C' -> number(format, Century.OF_ERA, count, most);
      case 'y', 'Y' ->
          year(format, letter == 'y' ? ChronoField.YEAR : ChronoField.YEAR_OF_ERA, count, most);
      case 'x' -> year(format, IsoFields.WEEK_BASED_YEAR, count, most);
      case 'w' -> number(format, IsoFields.WEEK_OF_WEEK_BASED_YEAR, count, most);
      case 'e' -> number(format, ChronoField.DAY_OF_WEEK, count, most);
      case 'E' ->
          format.appendText(ChronoField.DAY_OF_WEEK, count > 3 ? TextStyle.FULL : TextStyle.SHORT);
      case 'D' -> number(format, ChronoField.DAY_OF_YEAR, count, most);
      case 'd' -> number(format, ChronoField.DAY_OF_MONTH, count, most);
      case 'M' -> {
        if (count > 2) {
          format.appendText(
              ChronoField.MONTH_OF_YEAR, count > 3 ? TextStyle.FULL : TextStyle.SHORT);
        } else {
          number(format, ChronoField.MONTH_OF_YEAR, count, most);
        }
      }
      case 'a' -> format.appendText(ChronoField.AMPM_OF_DAY, TextStyle.SHORT);
      case 'K' -> number(format, ChronoField.HOUR_OF_AMPM, count, most);
      case 'h' -> number(format, ChronoField.CLOCK_HOUR_OF_AMPM, count, most);
      case 'H' -> number(format, ChronoField.HOUR_OF_DAY, count, most);
      case 'k' -> number(format, ChronoField.CLOCK_HOUR_OF_DAY, count, most);
      case 'm' -> number(format, ChronoField.MINUTE_OF_HOUR, count, most);
      case 's' -> number(format, ChronoField.SECOND_OF_MINUTE, count, most);
      case 'S' ->
          format.appendFraction(
              ChronoField.NANO_OF_SECOND, Math.min(count, 9), Math.min(count, 9), false);
      case 'z' -> format.appendZoneText(count > 3 ? TextStyle.FULL : TextStyle.SHORT);
      case 'Z' -> {
        if (count > 2) {
          format.appendZoneId();
        } else {
          format.appendOffset(count == 1 ? "+HHMM" : "+HH:MM", count == 1 ? "+0000" : "+00:00");
        }
      }
      default -> throw new BadArgument("Illegal pattern component: " + letter);
    }
  }

  private static void year(
      DateTimeFormatterBuilder format, TemporalField field, int count, int most) {
    if (count == 2) {
      format.appendValueReduced(field, 2, 2, PIVOT);
    } else {
      number(format, field, count, most);
    }
  }

  private static void number(
      DateTimeFormatterBuilder format, TemporalField field, int count, int most) {
    if (count == most) {
      format.appendValue(field, count);
    } else {
      format.appendValue(field, count, Math.max(count, most), SignStyle.NORMAL);
    }
  }
}
