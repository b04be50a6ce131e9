package io.lakesdk.ingest.embedded;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the objects of landed files are named: a draft puts load, attempt and part before the name
 * that is made here, so that the file is found again by it.
 */
final class ObjectNames {

  private static final int MOST_BYTES = 400;
  private static final int KEPT_BYTES = 300;
  private static final int HASH_CHARACTERS = 16;
  private static final Pattern DRAFT = Pattern.compile("-[0-9a-f]{8}-[0-9]{5,}-");

  private ObjectNames() {}

  /**
   * A file's path in one piece: slashes and what a key would not keep are written as {@code %XX},
   * and of a very long one the end is kept, after its hash.
   */
  static String of(String path) {
    StringBuilder name = new StringBuilder();
    path.codePoints()
        .forEach(
            c -> {
              if (c == '/' || c == '\\' || c == '%' || Character.isISOControl(c)) {
                name.append(String.format("%%%02X", c));
              } else {
                name.appendCodePoint(c);
              }
            });
    return bytes(name) <= MOST_BYTES ? name.toString() : shortened(name);
  }

  private static String shortened(StringBuilder name) {
    String hash = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
    while (bytes(name) > KEPT_BYTES) {
      name.delete(0, Character.charCount(name.codePointAt(0)));
    }
    return hash.substring(0, HASH_CHARACTERS) + "-" + name;
  }

  private static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The names that the object of this key can have been given: one, unless the load's own name
   * looks like the parts of a draft.
   */
  static List<String> parse(String key) {
    List<String> names = new ArrayList<>();
    Matcher draft = DRAFT.matcher(key.substring(key.lastIndexOf('/') + 1));
    for (int from = 0; draft.find(from); from = draft.start() + 1) {
      names.add(key.substring(key.lastIndexOf('/') + 1 + draft.end()));
    }
    return names;
  }
}
