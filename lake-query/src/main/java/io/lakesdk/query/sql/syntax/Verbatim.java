package io.lakesdk.query.sql.syntax;

/** What stands in a statement without being syntax: quoted texts and names, and comments. */
final class Verbatim {

  private Verbatim() {}

  /**
   * The position after the quoted part or comment that starts here, or {@code start} itself if none
   * does. A doubled quote inside is two quoted parts without anything between.
   */
  static int end(String text, int start) {
    char first = text.charAt(start);
    if (first == '\'' || first == '"' || first == '`') {
      return after(text, start + 1, String.valueOf(first));
    } else if (text.startsWith("--", start)) {
      return after(text, start, "\n");
    } else if (text.startsWith("/*", start)) {
      return after(text, start + 2, "*/");
    }
    return start;
  }

  static boolean isComment(String text, int start) {
    return text.startsWith("--", start) || text.startsWith("/*", start);
  }

  private static int after(String text, int start, String closing) {
    int end = text.indexOf(closing, start);
    return end < 0 ? text.length() : end + closing.length();
  }
}
