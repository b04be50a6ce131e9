package io.lakesdk.query.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose parameters {@code :name} are replaced by {@code ?}, followed by spaces, so that
 * everything stays at its place; a semicolon that ends the statement is a space too.
 *
 * @param sql the statement for Trino's parser
 * @param names the parameters in the order of their occurrence; one may occur often
 * @param places where each of them stands in {@code sql}
 * @param firstUnnamed the position of the first {@code ?} in the text itself, or -1
 * @param second the position of a second statement behind the semicolon, or -1
 */
public record NamedParameters(
    String sql, List<String> names, List<Integer> places, int firstUnnamed, int second) {

  public NamedParameters {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }

  public static NamedParameters scan(String text) {
    StringBuilder sql = new StringBuilder(text.length());
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int unnamed = -1;
    int semicolon = -1;
    int second = -1;
    int i = 0;
    while (i < text.length()) {
      char next = text.charAt(i);
      int end = i + 1;
      boolean comment = text.startsWith("--", i) || text.startsWith("/*", i);
      if (semicolon >= 0 && second < 0 && !comment && !Character.isWhitespace(next)) {
        second = i;
      }
      if (next == '\'' || next == '"' || next == '`') {
        end = afterQuoted(text, i, next);
      } else if (text.startsWith("--", i)) {
        end = after(text, i, "\n");
      } else if (text.startsWith("/*", i)) {
        end = after(text, i + 2, "*/");
      } else if (next == ';' && semicolon < 0) {
        semicolon = i;
        sql.append(' ');
        i = end;
        continue;
      } else if (next == '?') {
        unnamed = unnamed < 0 ? i : unnamed;
      } else if (next == ':' && isParameter(text, i)) {
        end = afterName(text, i + 1);
        names.add(text.substring(i + 1, end));
        places.add(sql.length());
        sql.append('?').append(" ".repeat(end - i - 1));
        i = end;
        continue;
      }
      sql.append(text, i, end);
      i = end;
    }
    return new NamedParameters(sql.toString(), names, places, unnamed, second);
  }

  private static boolean isParameter(String text, int colon) {
    boolean doubled = colon > 0 && text.charAt(colon - 1) == ':';
    // A colon right behind a name or literal separates, as in JSON_OBJECT('a':b).
    boolean separates =
        colon > 0
            && (Character.isLetterOrDigit(text.charAt(colon - 1))
                || "_'\")]".indexOf(text.charAt(colon - 1)) >= 0);
    return !doubled
        && !separates
        && colon + 1 < text.length()
        && (Character.isLetter(text.charAt(colon + 1)) || text.charAt(colon + 1) == '_');
  }

  private static int afterName(String text, int start) {
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  /** A doubled quote inside is two quoted parts without anything between. */
  private static int afterQuoted(String text, int start, char quote) {
    int end = text.indexOf(quote, start + 1);
    return end < 0 ? text.length() : end + 1;
  }

  private static int after(String text, int start, String closing) {
    int end = text.indexOf(closing, start);
    return end < 0 ? text.length() : end + closing.length();
  }
}
