package io.lakesdk.publish;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a load. Publishing the same load into the same dataset twice changes nothing the
 * second time, so whoever can be interrupted and repeats gives its work a name that it finds again.
 *
 * @param text 1 to 100 letters, digits or any of {@code . _ -}; it becomes part of file names
 */
public record LoadId(String text) {

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int HASH_CHARACTERS = 20;

  public LoadId {
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidDefinitionException(
          "name",
          Subject.of(Subject.Kind.LOAD, text),
          "a load's name has 1 to 100 letters, digits or any of . _ - and starts with a letter or"
              + " digit");
    }
  }

  public static LoadId of(String text) {
    return new LoadId(text);
  }

  /** A name for what is new each time, and so cannot be recognised when it is repeated. */
  public static LoadId unique() {
    return new LoadId(UUID.randomUUID().toString().replace("-", "").substring(0, HASH_CHARACTERS));
  }

  /** A name made of the content's own names and checksums: the same content is the same load. */
  public static LoadId ofContent(Collection<String> parts) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      hasher.putInt(bytes.length).putBytes(bytes);
    }
    return new LoadId(hasher.hash().toString().substring(0, HASH_CHARACTERS));
  }

  @Override
  public String toString() {
    return text;
  }
}
