package io.lakesdk.ingest.embedded;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.storage.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that a load found in its source.
 *
 * @param name its path below the folder, with slashes
 * @param path where its bytes are, which for a link is where that leads
 * @param stamp what it looked like when it was found
 * @param partition the partition that its folders say
 * @param objectName what the name of its object ends with: its path without the partition's
 *     folders, in one piece
 */
record SourceFile(String name, Path path, Stamp stamp, Partition partition, String objectName) {

  /** Takes a file's bytes, and tells its own failures from those of the file. */
  private interface Sink {
    void take(byte[] buffer, int length);
  }

  /** The SHA-256 of its content. */
  String sha256(byte[] buffer) {
    Hasher hasher = Hashing.sha256().newHasher();
    read(buffer, (bytes, length) -> hasher.putBytes(bytes, 0, length));
    return hasher.hash().toString();
  }

  /** Writes its content to an object. */
  void copyTo(ObjectUpload upload, byte[] buffer) {
    read(
        buffer,
        (bytes, length) -> {
          try {
            upload.write(bytes, 0, length);
          } catch (IOException e) {
            throw Refusals.unwritable(this, e);
          }
        });
  }

  private void read(byte[] buffer, Sink sink) {
    long bytes = 0;
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      int length = ByteStreams.read(in, buffer, 0, buffer.length);
      while (length > 0) {
        sink.take(buffer, length);
        bytes += length;
        length = ByteStreams.read(in, buffer, 0, buffer.length);
      }
      if (bytes != stamp.bytes() || !Stamp.of(path).equals(stamp)) {
        throw changed();
      }
    } catch (IOException e) {
      throw Refusals.unreadable(path, e);
    }
  }

  /**
   * @throws BadDataException if it is no longer what it was when it was found
   */
  void requireUnchanged() {
    try {
      if (!Stamp.of(path).equals(stamp)) {
        throw changed();
      }
    } catch (IOException e) {
      throw Refusals.unreadable(path, e);
    }
  }

  BadDataException changed() {
    return new BadDataException(
        "load",
        Subject.file(path),
        "it changed while it was loaded; load it again when it is written to no more");
  }
}
