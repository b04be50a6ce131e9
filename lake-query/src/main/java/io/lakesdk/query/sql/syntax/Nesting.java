package io.lakesdk.query.sql.syntax;

import io.lakesdk.query.sql.SqlErrors;
import java.util.Locale;

/** How deep a statement nests, told without parsing it: a parser takes long over deep nesting. */
final class Nesting {

  /** How many brackets and CASEs may be open at once. */
  static final int MOST = 100;

  private Nesting() {}

  /** Refuses a statement at the place where it nests too deeply. */
  static void check(String sql) {
    int open = 0;
    int types = 0;
    String before = "";
    int i = 0;
    while (i < sql.length()) {
      int end = Verbatim.end(sql, i);
      if (end > i || Character.isWhitespace(sql.charAt(i))) {
        i = Math.max(end, i + 1);
        continue;
      }
      end = Math.max(i + 1, afterWord(sql, i));
      String lexeme = sql.substring(i, end).toUpperCase(Locale.ROOT);
      switch (lexeme) {
        case "(", "[", "CASE" -> open++;
        case ")", "]", "END" -> open = Math.max(0, open - 1);
        case "<" -> types += before.equals("ARRAY") || before.equals("MAP") ? 1 : 0;
        case ">" -> types = Math.max(0, types - 1);
        default -> {}
      }
      if (open + types > MOST) {
        throw SqlErrors.refuse(
            place(sql, i)
                + ": it nests more than "
                + MOST
                + " deep; use fewer parentheses, or split it with WITH");
      }
      before = lexeme;
      i = end;
    }
  }

  private static int afterWord(String sql, int start) {
    int end = start;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  /** Line and column as the parser counts them. */
  private static String place(String sql, int position) {
    int start = sql.lastIndexOf('\n', position) + 1;
    long lines = sql.substring(0, start).chars().filter(c -> c == '\n').count();
    return "line " + (lines + 1) + ":" + (sql.codePointCount(start, position) + 1);
  }
}
