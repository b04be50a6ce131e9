package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What formats of text must fulfil. */
final class TextRules {

  private TextRules() {}

  /** No two of them may be the same, and none a line break. */
  static void delimiters(String which, char... given) {
    Set<Character> all = new HashSet<>(List.of('\n', '\r'));
    for (char one : given) {
      if (!all.add(one)) {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            which + " must differ and cannot be line breaks");
      }
    }
  }

  static void headerLines(int lines) {
    if (lines < 0) {
      throw new InvalidDefinitionException(
          "define", Subject.option("headerLines"), "it is less than 0");
    }
  }

  static void pattern(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new InvalidDefinitionException(
          "define",
          Subject.option("pattern"),
          "it is no regular expression of Java, because of what is at index " + e.getIndex());
    }
  }
}
