package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where in a lake's folder a key has its readable name: {@code <zone>/<key>} where that is a plain
 * path, and otherwise {@code <zone>/.lake/<hash>-<end of the key>}. No two keys share a place.
 */
final class NamePlaces {

  private static final String HIDDEN = ".lake";
  private static final int LONGEST_SEGMENT = 255;
  private static final int HASH_DIGITS = 32;
  private static final int LONGEST_END = 80;

  private final Path root;

  NamePlaces(Path root) {
    this.root = root;
  }

  Path zone(Zone zone) {
    return root.resolve(zone.name());
  }

  /** Empty where the key cannot be a path, or a path that means something else. */
  Optional<Path> plain(Zone zone, String key) {
    for (String segment : key.split("/", -1)) {
      if (!isPlain(segment)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(zone(zone).resolve(key));
    } catch (InvalidPathException notOnThisSystem) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && !segment.startsWith(HIDDEN)
        && segment.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SEGMENT
        && segment.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\');
  }

  Path escaped(Zone zone, String key) {
    Fingerprinter seen = Fingerprinter.whole();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    seen.update(bytes, 0, bytes.length);
    String hash = seen.finish().sha256().substring(0, HASH_DIGITS);
    String safe = key.replaceAll("[^A-Za-z0-9._=-]+", "_");
    String end = safe.substring(Math.max(0, safe.length() - LONGEST_END));
    return zone(zone).resolve(HIDDEN).resolve(hash + "-" + end);
  }
}
