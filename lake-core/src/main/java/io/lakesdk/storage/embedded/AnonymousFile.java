package io.lakesdk.storage.embedded;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file without a name, which is gone when it is closed. It is held open by a handle that an
 * interrupted thread does not close.
 */
final class AnonymousFile implements AutoCloseable {

  private final String name;
  private final RandomAccessFile handle;
  private volatile @Nullable Path path;

  AnonymousFile(String name, RandomAccessFile handle) {
    this.name = name;
    this.handle = handle;
  }

  /** The name that it had for a moment. */
  String name() {
    return name;
  }

  /** Appends. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    handle.write(bytes, offset, length);
  }

  long size() throws IOException {
    return handle.length();
  }

  boolean isLocated() {
    return path != null;
  }

  void locatedAt(Path found) {
    path = found;
  }

  /** Where this process can open it, as long as it is not closed. */
  Path path() throws IOException {
    Path found = path;
    if (found == null) {
      AnonymousFiles.locate(List.of(this));
      found = path;
    }
    if (found == null) {
      throw new IOException("the operating system does not show an open file");
    }
    return found;
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
