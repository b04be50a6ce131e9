package io.lakesdk.ingest;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of the paths of files below a folder, with a slash between folders: {@code *} stands
 * for any characters but a slash, {@code **} for any characters, <code>**&#47;</code> for any
 * number of folders or none, {@code ?} for one character but a slash, {@code [a-c]} for one of
 * these and {@code [!a-c]} for any other, {@code {a,b}} for one of these texts. A backslash takes
 * the meaning from the character after it.
 */
public final class FilePattern {

  private static final FilePattern EVERYTHING =
      new FilePattern("**", Pattern.compile(".*", Pattern.DOTALL));

  private final String text;
  private final Pattern regex;

  private FilePattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /** Takes every path. */
  public static FilePattern everything() {
    return EVERYTHING;
  }

  /**
   * The pattern that this text is.
   *
   * @throws InvalidDefinitionException if it is no such pattern
   */
  public static FilePattern parse(String text) {
    if (text.isBlank() || text.startsWith("/")) {
      throw invalid(text, "it is a path below the folder, such as *.json or **/*.csv");
    }
    try {
      return new FilePattern(text, Pattern.compile(new Translation(text).regex(), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw invalid(text, "the characters in its brackets are not understood");
    }
  }

  private static InvalidDefinitionException invalid(String text, String reason) {
    return new InvalidDefinitionException(
        "use pattern", Subject.option("matching(\"" + text + "\")"), reason);
  }

  /** Whether it takes this path, which is relative and has slashes between folders. */
  public boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as it was given. */
  @Override
  public String toString() {
    return text;
  }

  /** Writes the pattern as a regular expression. */
  private static final class Translation {
    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean inGroup;

    Translation(String text) {
      this.text = text;
    }

    String regex() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '*' -> star();
          case '?' -> regex.append("[^/]");
          case '[' -> oneOf();
          case '{' -> openGroup();
          case '}' -> closeGroup();
          case ',' -> regex.append(inGroup ? "|" : ",");
          case '\\' -> literal(escaped());
          default -> literal(c);
        }
      }
      if (inGroup) {
        throw invalid(text, "a { is not closed by }");
      }
      return regex.toString();
    }

    private void star() {
      if (at == text.length() || text.charAt(at) != '*') {
        regex.append("[^/]*");
        return;
      }
      at++;
      if (at < text.length() && text.charAt(at) == '/') {
        at++;
        regex.append("(?:.*/)?");
      } else {
        regex.append(".*");
      }
    }

    private void oneOf() {
      int end = text.indexOf(']', at + 1);
      if (end < 0) {
        throw invalid(text, "a [ is not closed by ]");
      }
      String characters = text.substring(at, end);
      boolean other = characters.startsWith("!");
      regex.append("(?!/)[").append(other ? "^" : "");
      characters
          .substring(other ? 1 : 0)
          .chars()
          .forEach(c -> regex.append(c == '-' ? "-" : quoted((char) c)));
      regex.append(']');
      at = end + 1;
    }

    private void openGroup() {
      if (inGroup) {
        throw invalid(text, "a { stands inside of another");
      }
      inGroup = true;
      regex.append("(?:");
    }

    private void closeGroup() {
      if (inGroup) {
        regex.append(')');
      } else {
        literal('}');
      }
      inGroup = false;
    }

    private char escaped() {
      if (at == text.length()) {
        throw invalid(text, "nothing follows the backslash at its end");
      }
      return text.charAt(at++);
    }

    private void literal(char c) {
      regex.append(quoted(c));
    }

    private static String quoted(char c) {
      return Character.isLetterOrDigit(c) || c >= 0x80 || c == '/' || c == ' '
          ? String.valueOf(c)
          : "\\" + c;
    }
  }
}
