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

  /** How many lines are passed over at the beginning of each file. */
  static int skippedLines(Format format) {
    if (format instanceof Format.Csv csv) {
      return csv.header() == Format.Header.PRESENT ? 1 : 0;
    } else if (format instanceof Format.OpenCsv csv) {
      return csv.headerLines();
    } else if (format instanceof Format.Delimited delimited) {
      return delimited.headerLines();
    } else if (format instanceof Format.Regex regex) {
      return regex.headerLines();
    }
    return format instanceof Format.Grok grok ? grok.headerLines() : 0;
  }
}
