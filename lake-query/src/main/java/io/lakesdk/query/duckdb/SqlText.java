package io.lakesdk.query.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names and texts into DuckDB's SQL so that they are nothing else. */
public final class SqlText {

  private SqlText() {}

  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  public static String literals(Collection<String> texts) {
    return texts.stream().map(SqlText::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  public static String names(Collection<String> names) {
    return names.stream().map(SqlText::name).collect(Collectors.joining(", "));
  }

  /**
   * The same statement with its parameters {@code $1}, {@code $2} ... counted from {@code offset +
   * 1}, so that it can stand inside another that has parameters too.
   */
  public static String shiftParameters(String sql, int offset) {
    if (offset == 0) {
      return sql;
    }
    StringBuilder shifted = new StringBuilder(sql.length() + 16);
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\'' || c == '"') {
        int end = sql.indexOf(c, i + 1);
        end = end < 0 ? sql.length() - 1 : end;
        shifted.append(sql, i, end + 1);
        i = end + 1;
      } else if (c == '$') {
        int end = i + 1;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
          end++;
        }
        shifted.append('$').append(Integer.parseInt(sql, i + 1, end, 10) + offset);
        i = end;
      } else {
        shifted.append(c);
        i++;
      }
    }
    return shifted.toString();
  }
}
