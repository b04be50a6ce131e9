package io.lakesdk.storage.aws;

import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part that is too large for memory, while it grows in a temporary file. Not thread-safe. */
final class SpooledPart {

  private static final Logger LOG = LoggerFactory.getLogger(SpooledPart.class);

  private final Subject subject;
  private final Path file;
  private final OutputStream out;
  private long length;

  private SpooledPart(Subject subject, Path file, OutputStream out) {
    this.subject = subject;
    this.file = file;
    this.out = out;
  }

  static SpooledPart create(Subject subject) {
    try {
      Path file = Files.createTempFile("lake-part-", "");
      return new SpooledPart(subject, file, Files.newOutputStream(file));
    } catch (IOException e) {
      throw failed(subject, e);
    }
  }

  private static UnavailableException failed(Subject subject, IOException e) {
    return new UnavailableException(
        "write",
        subject,
        "a part of it could not be kept among the temporary files; look at the disk of"
            + " java.io.tmpdir",
        e);
  }

  void add(byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw failed(subject, e);
    }
    length += count;
  }

  long length() {
    return length;
  }

  /** All of it; nothing more may be added. */
  Part seal() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(subject, e);
    }
    return new Part.InFile(file, 0, length);
  }

  void discard() {
    try {
      out.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("A temporary file remains: {}", file, e);
    }
  }
}
