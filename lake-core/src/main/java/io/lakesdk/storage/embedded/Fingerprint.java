package io.lakesdk.storage.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.PutOptions;

/** What is known of content once all of it has been seen; {@code etag} is S3's. */
record Fingerprint(long size, String etag, int crc32c, String sha256) {

  /**
   * @throws BadDataException if a checksum that the writer gave is another
   */
  void requireAsGiven(Subject subject, PutOptions options) {
    if (options.crc32c().isPresent() && options.crc32c().getAsInt() != crc32c) {
      throw new BadDataException(
          "write", subject, "the content does not have the CRC32C that was given with it");
    }
    if (options.sha256().isPresent() && !options.sha256().get().equals(sha256)) {
      throw new BadDataException(
          "write", subject, "the content does not have the SHA-256 that was given with it");
    }
  }
}
