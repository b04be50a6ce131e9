package io.lakesdk.storage.aws;

import com.google.common.io.ByteStreams;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Content on its way to S3, which can be read as often as it is sent. */
sealed interface Part {

  /** In bytes. */
  long length();

  InputStream open();

  /** The CRC32C of the content. */
  int crc32c();

  /** The first bytes of a buffer. */
  final class InMemory implements Part {
    private final byte[] bytes;
    private final int count;

    InMemory(byte[] bytes, int count) {
      this.bytes = bytes;
      this.count = count;
    }

    @Override
    public long length() {
      return count;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes, 0, count);
    }

    @Override
    public int crc32c() {
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, count);
      return (int) crc.getValue();
    }
  }

  /** A range of a file. */
  record InFile(Path file, long offset, long length) implements Part {
    private static final int BUFFER = 256 << 10;

    @Override
    public InputStream open() {
      try {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
          channel.position(offset);
          return new BufferedInputStream(
              ByteStreams.limit(Channels.newInputStream(channel), length), BUFFER);
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int crc32c() {
      CRC32C crc = new CRC32C();
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = open()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          crc.update(buffer, 0, read);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return (int) crc.getValue();
    }
  }

  /** A part that is too large for memory, while it grows in a temporary file. Not thread-safe. */
  final class Spooled {

    private static final Logger LOG = LoggerFactory.getLogger(Spooled.class);

    private final Subject subject;
    private final Path file;
    private final OutputStream out;
    private long length;

    private Spooled(Subject subject, Path file, OutputStream out) {
      this.subject = subject;
      this.file = file;
      this.out = out;
    }

    static Spooled create(Subject subject) {
      try {
        Path file = Files.createTempFile("lake-part-", "");
        return new Spooled(subject, file, Files.newOutputStream(file));
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
      return new InFile(file, 0, length);
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
}
