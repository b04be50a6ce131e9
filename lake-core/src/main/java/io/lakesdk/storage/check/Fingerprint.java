package io.lakesdk.storage.check;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What is known of content once all of it has been seen; {@code etag} is S3's. */
public record Fingerprint(Checksums checksums, String etag) {

  private static final int BUFFER = 256 << 10;

  /** What an object of this store, of which everything is known, has. */
  public static Fingerprint of(ObjectInfo info) {
    return new Fingerprint(
        new Checksums(info.size(), info.crc32c().orElseThrow(), info.sha256()), info.etag());
  }

  /** Of a whole file, as if it were sent to S3 in parts. */
  public static Fingerprint read(InputStream in) throws IOException {
    Builder seen = Builder.inParts();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      seen.update(buffer, 0, read);
    }
    return seen.finish();
  }

  /**
   * Compares these with what the writer knows.
   *
   * @throws BadDataException if a checksum that the writer gave is another
   */
  public void requireAsGiven(Subject subject, PutOptions options) {
    checksums.requireAsGiven(subject, options);
  }

  /** Sees content once and computes all that is to be known of it. Not thread-safe. */
  public static final class Builder {

    /** The size of the parts of an upload, of which its ETag is made; the last may be shorter. */
    public static final long PART = 8L << 20;

    private final Checksums.Builder checksums = Checksums.Builder.ofAll();
    private final MessageDigest md5 = Checksums.digest("MD5");
    private final MessageDigest md5OfParts = Checksums.digest("MD5");
    private final long partSize;
    private long inPart;
    private int parts;

    private Builder(long partSize) {
      this.partSize = partSize;
    }

    /** For content that is written in one call. */
    public static Builder whole() {
      return new Builder(Long.MAX_VALUE);
    }

    /** For content that S3 would be sent in parts. */
    public static Builder inParts() {
      return new Builder(PART);
    }

    public void update(byte[] bytes, int offset, int length) {
      checksums.update(bytes, offset, length);
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

    public Fingerprint finish() {
      HexFormat hex = HexFormat.of();
      String etag;
      if (parts == 0) {
        etag = hex.formatHex(md5.digest());
      } else {
        endPart();
        etag = hex.formatHex(md5OfParts.digest()) + "-" + parts;
      }
      return new Fingerprint(checksums.finish(), etag);
    }
  }
}
