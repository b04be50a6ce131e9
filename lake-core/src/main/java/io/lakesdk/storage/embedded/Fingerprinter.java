package io.lakesdk.storage.embedded;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Sees content once and computes all that is to be known of it. Not thread-safe. */
final class Fingerprinter {

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

  private Fingerprinter(long partSize) {
    this.partSize = partSize;
  }

  /** For content that is written in one call. */
  static Fingerprinter whole() {
    return new Fingerprinter(Long.MAX_VALUE);
  }

  /** For content that S3 would be sent in parts. */
  static Fingerprinter inParts() {
    return new Fingerprinter(PART);
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
