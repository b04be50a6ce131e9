package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a KMS key, which exists already. Source: "Key identifiers (KeyId)" of the AWS KMS developer
 * guide.
 *
 * @param value a key's id, its ARN, an alias as {@code alias/lake-cleaned}, or an alias' ARN
 */
public record KeyId(String value) {

  private static final String NAME = "[a-zA-Z0-9/_-]{1,250}";
  private static final String ID =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32}";
  private static final Pattern SHORT = Pattern.compile("(" + ID + ")|alias/" + NAME);
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:(key/(" + ID + ")|alias/" + NAME + ")");

  public KeyId {
    Objects.requireNonNull(value, "value");
    if (!SHORT.matcher(value).matches() && !ARN.matcher(value).matches()) {
      throw new InvalidDefinitionException(
          "use",
          Subject.of(Subject.Kind.KEY, value),
          "it is no name of a KMS key; give a key's id, its ARN, or an alias such as"
              + " lake-cleaned");
    }
  }

  /** The key of this id, ARN or alias; a name that is none of them is taken for an alias. */
  public static KeyId of(String text) {
    boolean isName =
        Pattern.matches(NAME, text) && !text.startsWith("alias/") && !Pattern.matches(ID, text);
    return new KeyId(isName ? "alias/" + text : text);
  }

  /** The region that an ARN names; empty for what is looked up in the lake's own region. */
  public Optional<String> region() {
    Matcher arn = ARN.matcher(value);
    return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
