package io.lakesdk.ingest.embedded;

import io.lakesdk.catalog.parquet.ParquetBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;

/** A file of the source, to be read wherever one likes. */
final class OpenFile implements ParquetBytes, AutoCloseable {

  private final SourceFile file;
  private final FileChannel channel;

  private OpenFile(SourceFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static OpenFile of(SourceFile file) {
    try {
      return new OpenFile(
          file, FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw Refusals.unreadable(file.path(), e);
    }
  }

  @Override
  public long size() {
    return file.stamp().bytes();
  }

  @Override
  public void read(long position, byte[] into, int length) {
    ByteBuffer target = ByteBuffer.wrap(into, 0, length);
    try {
      while (target.hasRemaining()) {
        if (channel.read(target, position + target.position()) < 0) {
          throw file.changed();
        }
      }
    } catch (IOException e) {
      throw Refusals.unreadable(file.path(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Refusals.unreadable(file.path(), e);
    }
  }
}
