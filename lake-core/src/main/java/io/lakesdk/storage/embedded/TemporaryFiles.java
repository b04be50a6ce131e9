package io.lakesdk.storage.embedded;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;

/** Files that do not outlive what made them. Thread-safe. */
interface TemporaryFiles extends AutoCloseable {

  /** The best that this system has. */
  static TemporaryFiles ofThisSystem() {
    return AnonymousFiles.areSupported() ? new AnonymousFiles() : new NamedFiles();
  }

  /** A new, empty one. */
  TemporaryFile create() throws IOException;

  /** Prepares to ask these for their paths, at less cost together than one by one. */
  void locate(Collection<TemporaryFile> files) throws IOException;

  /** The folders in which their paths lie. */
  List<Path> folders();

  @Override
  void close();

  /**
   * A file that is gone when it is closed. Its handle is one that an interrupted thread does not
   * close.
   */
  abstract static class TemporaryFile implements AutoCloseable {

    private final RandomAccessFile handle;

    TemporaryFile(RandomAccessFile handle) {
      this.handle = handle;
    }

    /** Where this process can open it, as long as it is not closed. */
    abstract Path path() throws IOException;

    /** Appends. */
    void write(byte[] bytes, int offset, int length) throws IOException {
      handle.write(bytes, offset, length);
    }

    long size() throws IOException {
      return handle.length();
    }

    InputStream open(long offset, long length) throws IOException {
      FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ);
      try {
        channel.position(offset);
        return ByteStreams.limit(Channels.newInputStream(channel), length);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      handle.close();
    }
  }
}
