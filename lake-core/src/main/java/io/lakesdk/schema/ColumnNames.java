package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The rules for names of columns and struct fields. */
final class ColumnNames {

  private static final int MAX_BYTES = 255;

  private ColumnNames() {}

  /** The form in which names are kept and compared. */
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The folded name, when Glue and Athena can work with it. */
  static String checked(String name) {
    String folded = fold(name);
    if (folded.isEmpty()) {
      throw refuse(name, "the name is empty");
    }
    if (folded.codePoints().anyMatch(ColumnNames::isUnusable)) {
      throw refuse(name, "the name holds a control character or is no valid Unicode");
    }
    if (folded.indexOf(',') >= 0) {
      throw refuse(name, "the name holds a comma, which Athena refuses in column names");
    }
    if (folded.startsWith(" ") || folded.endsWith(" ")) {
      throw refuse(name, "the name starts or ends with a space, which Athena refuses");
    }
    int bytes = folded.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refuse(name, "the name has " + bytes + " bytes in UTF-8; Glue takes at most 255");
    }
    return folded;
  }

  /**
   * The column name of a Java identifier: {@code placedAtUTC} is {@code placed_at_utc}. A new word
   * starts at an upper-case letter after one that is not, and at the last of several upper-case
   * letters when a lower-case one follows ({@code HTTPServer} is {@code http_server}).
   */
  static String ofComponent(String identifier) {
    StringBuilder name = new StringBuilder(identifier.length() + 4);
    for (int i = 0; i < identifier.length(); i++) {
      char c = identifier.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && startsWord(identifier, i)) {
        name.append('_');
      }
      name.append(c);
    }
    return fold(name.toString());
  }

  private static boolean startsWord(String identifier, int i) {
    char before = identifier.charAt(i - 1);
    if (Character.isUpperCase(before)) {
      return i + 1 < identifier.length() && Character.isLowerCase(identifier.charAt(i + 1));
    }
    return Character.isLetterOrDigit(before);
  }

  /** Text for a message, with what cannot be seen written as {@code \\u0009}. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isUnusable(c)) {
                shown.append(String.format("\\u%04X", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean isUnusable(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || (c & 0xFFFE) == 0xFFFE;
  }

  private static InvalidDefinitionException refuse(String name, String reason) {
    String shown = name.length() <= MAX_BYTES ? name : name.substring(0, MAX_BYTES) + "...";
    return new InvalidDefinitionException("name", Subject.column(shown(shown)), reason);
  }
}
