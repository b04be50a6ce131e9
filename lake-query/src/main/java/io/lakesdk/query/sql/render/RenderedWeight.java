package io.lakesdk.query.sql.render;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much work a rendered statement is before it runs: its length, where what stands in a lambda
 * counts twice, since DuckDB binds the body of a lambda twice, and again in each lambda around it.
 * Lambdas and CASEs count as long texts, as many of them take long to compare with one another.
 */
public final class RenderedWeight {

  /** A second or so. */
  public static final long MOST = 10_000_000;

  private static final int LAMBDA = 5_000;
  private static final int CASE = 4_000;
  private static final int MOST_LAMBDAS = 32;

  private RenderedWeight() {}

  public static long of(String sql) {
    Deque<Integer> around = new ArrayDeque<>();
    int lambdas = 0;
    long weight = 0;
    int i = 0;
    while (i < sql.length()) {
      int end = end(sql, i);
      char first = sql.charAt(i);
      if (first == '(' || first == '[' || first == '{') {
        around.push(lambdas);
      } else if ((first == ')' || first == ']' || first == '}') && !around.isEmpty()) {
        lambdas = around.pop();
      } else if (sql.startsWith("lambda ", i)) {
        lambdas = Math.min(lambdas + 1, MOST_LAMBDAS);
        weight += LAMBDA;
      } else if (sql.startsWith("CASE ", i)) {
        weight += CASE;
      }
      weight += (long) (end - i) << lambdas;
      i = end;
    }
    return weight;
  }

  /** After the quoted text or name, the word, or the single character that starts here. */
  private static int end(String sql, int start) {
    char first = sql.charAt(start);
    if (first == '\'' || first == '"') {
      int end = sql.indexOf(first, start + 1);
      return end < 0 ? sql.length() : end + 1;
    }
    int end = start + 1;
    while (Character.isJavaIdentifierPart(first)
        && end < sql.length()
        && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }
}
