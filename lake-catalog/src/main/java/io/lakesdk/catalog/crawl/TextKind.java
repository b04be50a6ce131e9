package io.lakesdk.catalog.crawl;

import java.time.LocalDate;
import java.time.LocalTime;

/** What a text that is not empty could be read as, at its narrowest. */
enum TextKind {
  BOOLEAN("booleans"),
  INT("whole numbers of 32 bits"),
  BIGINT("whole numbers of 64 bits"),
  HUGE("whole numbers beyond bigint"),
  DOUBLE("numbers with a fraction or exponent"),
  DATE("dates"),
  TIMESTAMP("timestamps"),
  LEADING_ZERO("digits with a leading zero, which a number would lose,"),
  TOO_LARGE("numbers too large for any number type"),
  NO_SUCH_DATE("dates that do not exist"),
  WITH_OFFSET("timestamps with an offset, which no type holds,"),
  WORD("texts");

  private static final int MOST_DIGITS = 38;
  private static final int DATE_LENGTH = 10;
  private static final int TIME_START = 11;
  private static final int SHORTEST_TIMESTAMP = 16;
  private static final int LONGEST_TIMESTAMP = 35;

  private final String plural;

  TextKind(String plural) {
    this.plural = plural;
  }

  /** How evidence speaks of several such values. */
  String plural() {
    return plural;
  }

  static TextKind of(String text) {
    char first = text.charAt(0);
    if (first == '-' || (first >= '0' && first <= '9')) {
      return numberOrTime(text);
    }
    boolean isBoolean = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return isBoolean ? BOOLEAN : WORD;
  }

  private static TextKind numberOrTime(String text) {
    int start = text.charAt(0) == '-' ? 1 : 0;
    int end = digits(text, start);
    if (end == start) {
      return WORD;
    }
    boolean zero = text.charAt(start) == '0' && end - start > 1;
    if (end == text.length()) {
      return zero ? LEADING_ZERO : whole(text, end - start);
    }
    if (start == 0 && end == 4 && text.charAt(end) == '-') {
      return time(text);
    }
    if (zero) {
      return isFractional(text, end) ? LEADING_ZERO : WORD;
    }
    if (!isFractional(text, end)) {
      return WORD;
    }
    return Double.isInfinite(Double.parseDouble(text)) ? TOO_LARGE : DOUBLE;
  }

  private static TextKind whole(String text, int digits) {
    if (digits > MOST_DIGITS) {
      return TOO_LARGE;
    }
    try {
      long value = Long.parseLong(text);
      return value == (int) value ? INT : BIGINT;
    } catch (NumberFormatException beyondBigint) {
      return HUGE;
    }
  }

  /** Where the digits that start at {@code from} end. */
  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** Whether {@code .5}, {@code e10}, {@code .5e-3} or such follows. */
  private static boolean isFractional(String text, int from) {
    int i = from;
    if (text.charAt(i) == '.') {
      int end = digits(text, i + 1);
      if (end == i + 1) {
        return false;
      }
      i = end;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        i++;
      }
      int end = digits(text, i);
      if (end == i) {
        return false;
      }
      i = end;
    }
    return i == text.length();
  }

  /** {@code 2001-01-31}, and the same with a time after a space or T. */
  private static TextKind time(String text) {
    if (text.length() < DATE_LENGTH || !hasForm(text, 0, "0000-00-00")) {
      return WORD;
    }
    if (!exists(text)) {
      return text.length() == DATE_LENGTH || isSeparator(text) ? NO_SUCH_DATE : WORD;
    }
    if (text.length() == DATE_LENGTH) {
      return DATE;
    }
    return isSeparator(text) ? timestamp(text) : WORD;
  }

  private static boolean isSeparator(String text) {
    char c = text.charAt(DATE_LENGTH);
    return c == ' ' || c == 'T';
  }

  private static boolean exists(String text) {
    int year = Integer.parseInt(text, 0, 4, 10);
    int month = Integer.parseInt(text, 5, 7, 10);
    int day = Integer.parseInt(text, 8, DATE_LENGTH, 10);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= LocalDate.of(year, month, 1).lengthOfMonth();
  }

  private static TextKind timestamp(String text) {
    if (text.length() < SHORTEST_TIMESTAMP
        || text.length() > LONGEST_TIMESTAMP
        || !hasForm(text, TIME_START, "00:00")) {
      return WORD;
    }
    int end = SHORTEST_TIMESTAMP;
    int second = 0;
    if (hasForm(text, end, ":00")) {
      second = Integer.parseInt(text, end + 1, end + 3, 10);
      end += 3;
      if (end < text.length() && text.charAt(end) == '.') {
        int fraction = digits(text, end + 1);
        if (fraction == end + 1 || fraction > end + 10) {
          return WORD;
        }
        end = fraction;
      }
    }
    int hour = Integer.parseInt(text, TIME_START, TIME_START + 2, 10);
    int minute = Integer.parseInt(text, TIME_START + 3, TIME_START + 5, 10);
    if (hour > LocalTime.MAX.getHour() || minute > 59 || second > 59) {
      return NO_SUCH_DATE;
    }
    if (end == text.length()) {
      return TIMESTAMP;
    }
    String rest = text.substring(end);
    boolean offset = rest.equals("Z") || rest.matches(" ?[+-]\\d\\d(:?\\d\\d)?");
    return offset ? WITH_OFFSET : WORD;
  }

  /** Whether the text has digits where the form has zeros, and the form's characters elsewhere. */
  private static boolean hasForm(String text, int from, String form) {
    if (text.length() < from + form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = text.charAt(from + i);
      boolean fits = form.charAt(i) == '0' ? c >= '0' && c <= '9' : c == form.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
