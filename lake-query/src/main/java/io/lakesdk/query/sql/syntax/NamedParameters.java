package io.lakesdk.query.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose parameters {@code :name} are replaced by {@code ?}, followed by spaces, so that
 * everything stays at its place; a semicolon that ends the statement is a space too. Parameters
 * that are written {@code ?} are named by their number, from 1.
 *
 * @param sql the statement for Trino's parser
 * @param names the parameters in the order of their occurrence; one may occur often
 * @param places where each of them stands in {@code sql}
 * @param numbered how many of them are written {@code ?}
 * @param second the position of a second statement behind the semicolon, or -1
 */
public record NamedParameters(
    String sql, List<String> names, List<Integer> places, int numbered, int second) {

  public NamedParameters {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }

  public static NamedParameters scan(String text) {
    StringBuilder sql = new StringBuilder(text.length());
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int numbered = 0;
    int semicolon = -1;
    int second = -1;
    int i = 0;
    while (i < text.length()) {
      char next = text.charAt(i);
      int verbatim = Verbatim.end(text, i);
      boolean comment = Verbatim.isComment(text, i);
      if (semicolon >= 0 && second < 0 && !comment && !Character.isWhitespace(next)) {
        second = i;
      }
      if (verbatim > i) {
        sql.append(text, i, verbatim);
        i = verbatim;
      } else if (next == ':' && isParameter(text, i)) {
        int end = afterName(text, i + 1);
        names.add(text.substring(i + 1, end));
        places.add(sql.length());
        sql.append('?').append(" ".repeat(end - i - 1));
        i = end;
      } else {
        boolean ends = next == ';' && semicolon < 0;
        semicolon = ends ? i : semicolon;
        if (next == '?') {
          numbered++;
          names.add(Integer.toString(numbered));
          places.add(sql.length());
        }
        sql.append(ends ? ' ' : next);
        i++;
      }
    }
    return new NamedParameters(sql.toString(), names, places, numbered, second);
  }

  /** Whether some are written {@code ?} and others {@code :name}. */
  boolean isMixed() {
    return numbered > 0 && numbered < names.size();
  }

  /** How messages name a parameter: {@code :day}, or {@code 2} where it is the second {@code ?}. */
  public static String shown(String name) {
    return name.isEmpty() || !Character.isDigit(name.charAt(0)) ? ":" + name : name;
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
}
