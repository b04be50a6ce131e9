package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody who asks something of a lake: a role, a user, or the administrator who opened it.
 * Principals are names; what a principal may do is said by the grants of lake-security and by
 * nothing else.
 *
 * @param kind role, user or administrator
 * @param name 1 to 128 letters, digits or any of {@code _ + = , . @ -}, as IAM names are
 */
public record Principal(Kind kind, String name) {

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,128}");

  /** Whoever opened the lake: may do everything. */
  public static final Principal ADMINISTRATOR = new Principal(Kind.ADMINISTRATOR, "administrator");

  /** The sorts of principals. */
  public enum Kind {
    ADMINISTRATOR,
    ROLE,
    USER
  }

  public Principal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "name",
          Subject.of(Subject.Kind.PRINCIPAL, name),
          "a name has 1 to 128 letters, digits or any of _ + = , . @ -");
    }
  }

  public static Principal role(String name) {
    return new Principal(Kind.ROLE, name);
  }

  public static Principal user(String name) {
    return new Principal(Kind.USER, name);
  }

  /** The inverse of {@link #toString()}. */
  public static Principal parse(String text) {
    if (text.equals(ADMINISTRATOR.toString())) {
      return ADMINISTRATOR;
    }
    if (text.startsWith("role ")) {
      return role(text.substring("role ".length()));
    }
    if (text.startsWith("user ")) {
      return user(text.substring("user ".length()));
    }
    throw new InvalidDefinitionException(
        "parse", Subject.of(Subject.Kind.PRINCIPAL, text), "write 'role NAME' or 'user NAME'");
  }

  public boolean isAdministrator() {
    return kind == Kind.ADMINISTRATOR;
  }

  /** {@code role analyst}, {@code user ada}, or {@code administrator}. */
  @Override
  public String toString() {
    return switch (kind) {
      case ADMINISTRATOR -> "administrator";
      case ROLE -> "role " + name;
      case USER -> "user " + name;
    };
  }
}
