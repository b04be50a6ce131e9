package io.lakesdk.query.jdbc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for names, as metadata is asked for: {@code %} stands for any characters, {@code _} for
 * one, a backslash before either for itself. Names are told apart without case.
 */
final class LikePattern {

  static final String ESCAPE = "\\";

  private final Pattern pattern;
  private final Optional<String> literal;

  private LikePattern(Pattern pattern, Optional<String> literal) {
    this.pattern = pattern;
    this.literal = literal;
  }

  /**
   * @param text null for all names
   */
  static LikePattern of(@Nullable String text) {
    StringBuilder regex = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    boolean wild = text == null;
    String like = text == null ? "%" : text;
    for (int i = 0; i < like.length(); i++) {
      char next = like.charAt(i);
      if (next == '%' || next == '_') {
        wild = true;
        regex.append(next == '%' ? ".*" : ".");
      } else {
        boolean escapes = next == '\\' && i + 1 < like.length();
        char meant = escapes ? like.charAt(++i) : next;
        plain.append(meant);
        regex.append(Pattern.quote(String.valueOf(meant)));
      }
    }
    return new LikePattern(
        Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL),
        wild ? Optional.empty() : Optional.of(plain.toString().toLowerCase(Locale.ROOT)));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** The one name that it stands for, if there is no wildcard in it. */
  Optional<String> literal() {
    return literal;
  }
}
