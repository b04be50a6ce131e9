package io.lakesdk.query.sql.function.value;

import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.render.UnsupportedCall;
import java.util.Map;

/** MySQL's patterns for dates, as {@code date_format} and {@code date_parse} take them. */
public final class MySqlDateFormat {

  /** Specifiers as DuckDB prints them. */
  private static final Map<Character, String> PRINTED =
      Map.ofEntries(
          Map.entry('a', "%a"),
          Map.entry('b', "%b"),
          Map.entry('c', "%-m"),
          Map.entry('d', "%d"),
          Map.entry('e', "%-d"),
          // Trino prints milliseconds with six digits.
          Map.entry('f', "%g000"),
          Map.entry('H', "%H"),
          Map.entry('h', "%I"),
          Map.entry('I', "%I"),
          Map.entry('i', "%M"),
          Map.entry('j', "%j"),
          Map.entry('k', "%-H"),
          Map.entry('l', "%-I"),
          Map.entry('M', "%B"),
          Map.entry('m', "%m"),
          Map.entry('p', "%p"),
          Map.entry('r', "%I:%M:%S %p"),
          Map.entry('S', "%S"),
          Map.entry('s', "%S"),
          Map.entry('T', "%H:%M:%S"),
          Map.entry('v', "%V"),
          Map.entry('W', "%A"),
          Map.entry('x', "%G"),
          Map.entry('Y', "%Y"),
          Map.entry('y', "%y"),
          Map.entry('%', "%%"));

  /** Specifiers as patterns of Joda-Time. */
  private static final Map<Character, String> JODA =
      Map.ofEntries(
          Map.entry('a', "EEE"),
          Map.entry('b', "MMM"),
          Map.entry('c', "M"),
          Map.entry('d', "dd"),
          Map.entry('e', "d"),
          Map.entry('f', "SSSSSS"),
          Map.entry('H', "HH"),
          Map.entry('h', "hh"),
          Map.entry('I', "hh"),
          Map.entry('i', "mm"),
          Map.entry('j', "DDD"),
          Map.entry('k', "H"),
          Map.entry('l', "h"),
          Map.entry('M', "MMMM"),
          Map.entry('m', "MM"),
          Map.entry('p', "a"),
          Map.entry('r', "hh:mm:ss a"),
          Map.entry('S', "ss"),
          Map.entry('s', "ss"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('v', "ww"),
          Map.entry('W', "EEEE"),
          Map.entry('x', "xxxx"),
          Map.entry('Y', "yyyy"),
          Map.entry('y', "yy"),
          Map.entry('%', "%"));

  private static final String MONTHS =
      "(?i:january|february|march|april|may|june|july|august|september|october|november|december)";
  private static final String SHORT_MONTHS = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
  private static final String TWO_DIGITS = "[0-9]{1,2}";

  /** Specifiers as DuckDB reads them, and what Trino accepts in their place. */
  private static final Map<Character, Part> READ =
      Map.ofEntries(
          Map.entry('Y', new Part("%Y", "[0-9]{4}")),
          // 69 is 1969 to DuckDB and 2069 to Trino.
          Map.entry('y', new Part("%y", "(?:[0-57-9][0-9]|6[0-8])")),
          Map.entry('m', new Part("%m", TWO_DIGITS)),
          Map.entry('c', new Part("%m", TWO_DIGITS)),
          Map.entry('d', new Part("%d", TWO_DIGITS)),
          Map.entry('e', new Part("%d", TWO_DIGITS)),
          Map.entry('H', new Part("%H", TWO_DIGITS)),
          Map.entry('k', new Part("%H", TWO_DIGITS)),
          Map.entry('h', new Part("%I", TWO_DIGITS)),
          Map.entry('I', new Part("%I", TWO_DIGITS)),
          Map.entry('l', new Part("%I", TWO_DIGITS)),
          Map.entry('i', new Part("%M", TWO_DIGITS)),
          Map.entry('s', new Part("%S", TWO_DIGITS)),
          Map.entry('S', new Part("%S", TWO_DIGITS)),
          Map.entry('f', new Part("%f", "[0-9]{1,6}")),
          Map.entry('p', new Part("%p", "(?i:am|pm)")),
          Map.entry('M', new Part("%B", MONTHS)),
          Map.entry('b', new Part("%b", SHORT_MONTHS)),
          Map.entry('T', new Part("%H:%M:%S", "[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}")),
          Map.entry('%', new Part("%%", "%")));

  private MySqlDateFormat() {}

  /**
   * How to read a pattern: DuckDB's format, and the expression that a text must match in full,
   * because DuckDB reads more than Trino does.
   */
  public record Reading(String format, String accepted) {}

  private record Part(String format, String accepted) {}

  /** The pattern for DuckDB's {@code strftime}. */
  public static String printed(String pattern) {
    StringBuilder format = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char next = pattern.charAt(i);
      if (next == '%') {
        i++;
        String known = i < pattern.length() ? PRINTED.get(pattern.charAt(i)) : null;
        if (known == null) {
          throw unsupported(pattern, i);
        }
        format.append(known);
      } else {
        format.append(next);
      }
    }
    return format.toString();
  }

  /** The pattern for DuckDB's {@code strptime}. */
  public static Reading read(String pattern) {
    StringBuilder format = new StringBuilder();
    StringBuilder accepted = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char next = pattern.charAt(i);
      if (next == '%') {
        i++;
        Part part = i < pattern.length() ? READ.get(pattern.charAt(i)) : null;
        if (part == null) {
          throw unsupported(pattern, i);
        }
        format.append(part.format());
        accepted.append(part.accepted());
      } else {
        format.append(next);
        accepted.append(Character.isLetterOrDigit(next) ? "" : "\\").append(next);
      }
    }
    return new Reading(format.toString(), accepted.toString());
  }

  /** Whether DuckDB reads texts of the pattern; of others the functions of Java do. */
  public static boolean isRead(String pattern) {
    return !pattern.contains("%j") && !pattern.contains("%W") && !pattern.contains("%a");
  }

  /** The pattern as one of Joda-Time. */
  public static String joda(String pattern) {
    StringBuilder format = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char next = pattern.charAt(i);
      if (next == '%') {
        i++;
        String known = i < pattern.length() ? JODA.get(pattern.charAt(i)) : null;
        if (known == null) {
          throw new BadArgument(unsupported(pattern, i).reason());
        }
        format.append(known);
      } else {
        format.append(next == '\'' ? "''" : Character.isLetter(next) ? "'" + next + "'" : next);
      }
    }
    return format.toString();
  }

  private static UnsupportedCall unsupported(String pattern, int at) {
    return new UnsupportedCall(
        at < pattern.length()
            ? "%" + pattern.charAt(at) + " in the format is not supported"
            : "the format ends with %");
  }
}
