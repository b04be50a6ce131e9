package io.lakesdk.storage.embedded;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** What is known of content once all of it has been seen; {@code etag} is S3's. */
record Fingerprint(long size, String etag, int crc32c, String sha256) {

  private static final int BUFFER = 256 << 10;

  /** What an object of this store, of which everything is known, has. */
  static Fingerprint of(ObjectInfo info) {
    return new Fingerprint(
        info.size(), info.etag(), info.crc32c().orElseThrow(), info.sha256().orElseThrow());
  }

  /** Of a whole file, as if it were sent to S3 in parts. */
  static Fingerprint read(InputStream in) throws IOException {
    Builder seen = Builder.inParts();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      seen.update(buffer, 0, read);
    }
    return seen.finish();
  }

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

  /** Sees content once and computes all that is to be known of it. Not thread-safe. */
  static final class Builder {

    /** The size of the parts of an upload, of which its ETag is made; the last may be shorter. */
    static final long PART = 8L << 20;

    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private final MessageDigest md5OfParts = digest("MD5");
    private final CRC32C crc32c = new CRC32C();
    private final long partSize;
    private long size;
    private long inPart;
    private int parts;

    private Builder(long partSize) {
      this.partSize = partSize;
    }

    /** For content that is written in one call. */
    static Builder whole() {
      return new Builder(Long.MAX_VALUE);
    }

    /** For content that S3 would be sent in parts. */
    static Builder inParts() {
      return new Builder(PART);
    }

    private static MessageDigest digest(String name) {
      try {
        return MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + name, e);
      }
    }

    void update(byte[] bytes, int offset, int length) {
      sha256.update(bytes, offset, length);
      crc32c.update(bytes, offset, length);
      size += length;
      int from = offset;
      int left = length;
      while (left > 0) {
        if (inPart == partSize) {
          endPart();
        }
        int now = (int) Math.min(left, partSize - inPart);
        md5.update(bytes, from, now);
        inPart += now;
        from += now;
        left -= now;
      }
    }

    private void endPart() {
      md5OfParts.update(md5.digest());
      parts++;
      inPart = 0;
    }

    Fingerprint finish() {
      HexFormat hex = HexFormat.of();
      String etag;
      if (parts == 0) {
        etag = hex.formatHex(md5.digest());
      } else {
        endPart();
        etag = hex.formatHex(md5OfParts.digest()) + "-" + parts;
      }
      return new Fingerprint(size, etag, (int) crc32c.getValue(), hex.formatHex(sha256.digest()));
    }
  }
}
