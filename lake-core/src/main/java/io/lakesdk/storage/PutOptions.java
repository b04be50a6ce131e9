package io.lakesdk.storage;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an object is written.
 *
 * @param condition what must hold of the key for the write to happen
 * @param contentType the media type, if known
 * @param metadata the user's own pairs; names are lower-cased; 2 KiB in all, as S3 allows
 * @param crc32c what the content's CRC32C must be, if the caller knows
 * @param sha256 what the content's SHA-256 must be in hexadecimal, if the caller knows
 */
public record PutOptions(
    Condition condition,
    Optional<String> contentType,
    Map<String, String> metadata,
    OptionalInt crc32c,
    Optional<String> sha256) {

  private static final int METADATA_LIMIT = 2048;
  private static final PutOptions DEFAULTS =
      new PutOptions(
          new Condition.None(), Optional.empty(), Map.of(), OptionalInt.empty(), Optional.empty());

  /** What must hold of a key for a write to happen. */
  public sealed interface Condition {
    /** Nothing. */
    record None() implements Condition {}

    /** There is no current object. */
    record Absent() implements Condition {}

    /** The current object has this ETag. */
    record Match(String etag) implements Condition {}
  }

  public PutOptions {
    Map<String, String> lowered = new HashMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> pair : metadata.entrySet()) {
      lowered.put(pair.getKey().toLowerCase(Locale.ROOT), pair.getValue());
      bytes += pair.getKey().length() + pair.getValue().length();
    }
    if (bytes > METADATA_LIMIT) {
      throw new InvalidDefinitionException(
          "write", Subject.option("metadata"), "it has more than 2,048 characters in all");
    }
    metadata = Map.copyOf(lowered);
    sha256 = sha256.map(hex -> hex.toLowerCase(Locale.ROOT));
  }

  /** No condition, no metadata, no checksums known beforehand. */
  public static PutOptions defaults() {
    return DEFAULTS;
  }

  public PutOptions ifAbsent() {
    return new PutOptions(new Condition.Absent(), contentType, metadata, crc32c, sha256);
  }

  public PutOptions ifMatch(String etag) {
    return new PutOptions(new Condition.Match(etag), contentType, metadata, crc32c, sha256);
  }

  public PutOptions contentType(String type) {
    return new PutOptions(condition, Optional.of(type), metadata, crc32c, sha256);
  }

  public PutOptions metadata(Map<String, String> pairs) {
    return new PutOptions(condition, contentType, pairs, crc32c, sha256);
  }

  public PutOptions crc32c(int expected) {
    return new PutOptions(condition, contentType, metadata, OptionalInt.of(expected), sha256);
  }

  public PutOptions sha256(String expectedHex) {
    return new PutOptions(condition, contentType, metadata, crc32c, Optional.of(expectedHex));
  }
}
