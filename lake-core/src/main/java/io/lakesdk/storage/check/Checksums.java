package io.lakesdk.storage.check;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.PutOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The checksums of content.
 *
 * @param sha256 in lower-case hexadecimal; empty where it was not computed
 */
public record Checksums(long size, int crc32c, Optional<String> sha256) {

  /** Of content that is there as a whole. */
  public static Checksums of(byte[] content) {
    return of(content, content.length);
  }

  /** Of the first bytes of an array. */
  public static Checksums of(byte[] content, int length) {
    Builder seen = Builder.ofAll();
    seen.update(content, 0, length);
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
    if (options.sha256().isPresent() && !options.sha256().equals(sha256)) {
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

    private final Optional<MessageDigest> sha256;
    private final CRC32C crc32c = new CRC32C();
    private long size;

    private Builder(Optional<MessageDigest> sha256) {
      this.sha256 = sha256;
    }

    /** Computes all checksums. */
    public static Builder ofAll() {
      return new Builder(Optional.of(digest("SHA-256")));
    }

    /**
     * Computes the SHA-256, which is dear, only if it is to be compared with one that was given.
     */
    public static Builder ofGiven(PutOptions options) {
      return new Builder(options.sha256().map(given -> digest("SHA-256")));
    }

    public void update(byte[] bytes, int offset, int length) {
      sha256.ifPresent(digest -> digest.update(bytes, offset, length));
      crc32c.update(bytes, offset, length);
      size += length;
    }

    /** What was seen so far; nothing more may follow. */
    public Checksums finish() {
      return new Checksums(
          size,
          (int) crc32c.getValue(),
          sha256.map(digest -> HexFormat.of().formatHex(digest.digest())));
    }
  }
}
