package io.lakesdk.query.sql.syntax;

/** Statements as they may be kept: without what may be data. */
public final class MaskedStatement {

  private MaskedStatement() {}

  /**
   * The statement with {@code ?} for each text and each number, and a space for each comment. Names
   * in quotes stay.
   */
  public static String of(String statement) {
    StringBuilder masked = new StringBuilder(Math.min(statement.length(), 1 << 12));
    int i = 0;
    while (i < statement.length()) {
      char next = statement.charAt(i);
      int end = Verbatim.end(statement, i);
      if (end > i) {
        if (next == '\'') {
          mark(masked);
        } else if (Verbatim.isComment(statement, i)) {
          masked.append(' ');
        } else {
          masked.append(statement, i, end);
        }
      } else if (isDigit(next) || (next == '.' && isDigit(charAt(statement, i + 1)))) {
        end = afterWord(statement, i);
        mark(masked);
      } else if (isWord(next)) {
        end = afterWord(statement, i);
        masked.append(statement, i, end);
      } else {
        end = i + 1;
        masked.append(next);
      }
      i = end;
    }
    return masked.toString().strip();
  }

  /** One mark also for a text with doubled quotes, which are several quoted parts. */
  private static void mark(StringBuilder masked) {
    if (masked.isEmpty() || masked.charAt(masked.length() - 1) != '?') {
      masked.append('?');
    }
  }

  private static char charAt(String text, int place) {
    return place < text.length() ? text.charAt(place) : ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@';
  }

  /** A name, or a number with its point and exponent. */
  private static int afterWord(String text, int start) {
    boolean number = !Character.isLetter(text.charAt(start)) && text.charAt(start) != '_';
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean point = number && c == '.';
      boolean sign =
          number
              && (c == '+' || c == '-')
              && Character.toLowerCase(charAt(text, end - 1)) == 'e'
              && isDigit(charAt(text, end + 1));
      if (!isWord(c) && !point && !sign) {
        return end;
      }
      end++;
    }
    return end;
  }
}
