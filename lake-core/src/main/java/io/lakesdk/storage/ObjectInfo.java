package io.lakesdk.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of an object without reading it.
 *
 * @param key its name
 * @param version the version that this describes
 * @param size in bytes
 * @param etag S3's tag without quotes: the MD5 of the content in hexadecimal, or for an upload in
 *     several parts the MD5 of the parts' MD5s, a hyphen and the number of parts. Compare it; do
 *     not compute with it
 * @param crc32c of the whole content; always known of what this SDK wrote, and empty for an object
 *     that somebody else put into a bucket without it
 * @param sha256 of the whole content, in lower-case hexadecimal; always known in an embedded lake.
 *     S3 has none of an object that was sent in several parts, so there it is known of what this
 *     SDK wrote at once or from a file, and of what was sent in parts if the writer gave it
 * @param contentType as given, or {@code application/octet-stream}
 * @param metadata the user's own pairs; names are lower-case
 * @param modified when it was written
 */
public record ObjectInfo(
    String key,
    String version,
    long size,
    String etag,
    OptionalInt crc32c,
    Optional<String> sha256,
    String contentType,
    Map<String, String> metadata,
    Instant modified) {
  public ObjectInfo {
    metadata = Map.copyOf(metadata);
  }
}
