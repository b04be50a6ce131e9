package io.lakesdk.storage.check;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.PutOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The checksums of content; {@code sha256} is in lower-case hexadecimal. */
public record Checksums(long size, int crc32c, String sha256) {

  /** Of content that is there as a whole. */
  public static Checksums of(byte[] content) {
    Builder seen = new Builder();
    seen.update(content, 0, content.length);
    return seen.finish();
  }

  /**
   * Compares these with what the writer knows.
   *
   * @throws BadDataException if a checksum that the writer gave is another
   */
  public void requireAsGiven(Subject subject, PutOptions options) {
    if (options.crc32c().isPresent() && options.crc32c().getAsInt() != crc32c) {
      throw new BadDataException(
          "write", subject, "the content does not have the CRC32C that was given with it");
    }
    if (options.sha256().isPresent() && !options.sha256().get().equals(sha256)) {
      throw new BadDataException(
          "write", subject, "the content does not have the SHA-256 that was given with it");
    }
  }

  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }

  /** Sees content once. Not thread-safe. */
  public static final class Builder {

    private final MessageDigest sha256 = digest("SHA-256");
    private final CRC32C crc32c = new CRC32C();
    private long size;

    public void update(byte[] bytes, int offset, int length) {
      sha256.update(bytes, offset, length);
      crc32c.update(bytes, offset, length);
      size += length;
    }

    /** What was seen so far; nothing more may follow. */
    public Checksums finish() {
      return new Checksums(
          size, (int) crc32c.getValue(), HexFormat.of().formatHex(sha256.digest()));
    }
  }
}
