package io.lakesdk.storage.embedded;

import io.lakesdk.storage.ObjectInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Sees stored content once more, to compare it with what was written. */
final class ContentCheck {

  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest sha256 = sha256();
  private long size;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void update(byte[] bytes, int offset, int length) {
    crc32c.update(bytes, offset, length);
    sha256.update(bytes, offset, length);
    size += length;
  }

  long size() {
    return size;
  }

  /** Ends the check. */
  boolean matches(ObjectInfo info) {
    return size == info.size()
        && (int) crc32c.getValue() == info.crc32c()
        && HexFormat.of().formatHex(sha256.digest()).equals(info.sha256());
  }
}
