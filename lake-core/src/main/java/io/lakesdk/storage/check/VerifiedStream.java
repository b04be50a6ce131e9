package io.lakesdk.storage.check;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.ObjectInfo;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The whole content of an object; at its end the checksums that are known must be right. */
public final class VerifiedStream extends FilterInputStream {

  private final Subject subject;
  private final ObjectInfo info;
  private final Check check;
  private boolean verified;

  public VerifiedStream(Subject subject, ObjectInfo info, InputStream bytes) {
    super(bytes);
    this.subject = subject;
    this.info = info;
    this.check = new Check(info);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    if (read > 0) {
      check.update(into, offset, read);
    }
    if (!verified && (read < 0 || check.size() == info.size())) {
      requireIntact();
      verified = true;
    }
    return read;
  }

  private void requireIntact() {
    if (!check.matches()) {
      throw damaged(subject);
    }
  }

  public static BadDataException damaged(Subject subject) {
    return new BadDataException(
        "read",
        subject,
        "its bytes are not those that were written; restore the lake from a backup or delete the"
            + " object");
  }

  /** Skipped bytes are read too, since they count. */
  @Override
  public long skip(long count) throws IOException {
    byte[] discarded = new byte[8192];
    long skipped = 0;
    while (skipped < count) {
      int read = read(discarded, 0, (int) Math.min(discarded.length, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Sees stored content once more, to compare it with what was written. */
  public static final class Check {

    private final ObjectInfo info;
    private final CRC32C crc32c = new CRC32C();
    private final MessageDigest sha256 = Checksums.digest("SHA-256");
    private long size;

    public Check(ObjectInfo info) {
      this.info = info;
    }

    public void update(byte[] bytes, int offset, int length) {
      crc32c.update(bytes, offset, length);
      if (info.sha256().isPresent()) {
        sha256.update(bytes, offset, length);
      }
      size += length;
    }

    public long size() {
      return size;
    }

    /** Ends the check; compared is what is known. */
    public boolean matches() {
      return size == info.size()
          && (info.crc32c().isEmpty() || (int) crc32c.getValue() == info.crc32c().getAsInt())
          && (info.sha256().isEmpty()
              || HexFormat.of().formatHex(sha256.digest()).equals(info.sha256().get()));
    }
  }
}
