package io.lakesdk.query.files;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.storage.ObjectRef;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, which end with LF, CR or CR LF as for Hadoop. What is not UTF-8 becomes
 * U+FFFD, as in Athena.
 */
final class Lines implements Closeable {

  private static final int LONGEST_LINE = 1 << 20;

  private final ObjectRef file;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private byte[] line = new byte[1024];
  private int at;
  private int end;
  private boolean afterReturn;
  private long number;

  private Lines(ObjectRef file, Path path) throws IOException {
    this.file = file;
    this.in = TextCompression.of(file).open(file, path);
  }

  /** The lines after a header. */
  static Lines after(int headerLines, ObjectRef file, Path path) throws IOException {
    Lines lines = new Lines(file, path);
    try {
      for (int i = 0; i < headerLines; i++) {
        lines.next();
      }
      return lines;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /** The next line without its end, or null after the last. */
  @Nullable String next() throws IOException {
    number++;
    int length = 0;
    while (fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      length = append(length, from, at - from);
      if (at < end) {
        afterReturn = buffer[at++] == '\r';
        return new String(line, 0, length, StandardCharsets.UTF_8);
      }
    }
    return length == 0 ? null : new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** Whether there is a byte to read, other than the second one of an end of a line. */
  private boolean fill() throws IOException {
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          return false;
        }
      }
      if (!afterReturn || buffer[at] != '\n') {
        afterReturn = false;
        return true;
      }
      afterReturn = false;
      at++;
    }
  }

  private int append(int length, int from, int more) {
    if (length + more > LONGEST_LINE) {
      throw bad("it is longer than 1,048,576 bytes");
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
    }
    System.arraycopy(buffer, from, line, length, more);
    return length + more;
  }

  /** The error of the line that was read last. */
  BadDataException bad(String reason) {
    return new BadDataException(
        "read", Subject.object(file.zone(), file.key()), "line " + number + ": " + reason);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
