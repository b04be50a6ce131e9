package io.lakesdk.catalog.crawl;

import io.lakesdk.catalog.CrawledFile;
import io.lakesdk.catalog.parquet.ParquetBytes;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Partition;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** A file to look at, in one version whatever happens to its key meanwhile. */
record SourceFile(ObjectStore store, ObjectRef object, Partition partition, long bytes)
    implements ParquetBytes {

  @Override
  public long size() {
    return bytes;
  }

  @Override
  public void read(long position, byte[] into, int length) {
    ReadOptions range = ReadOptions.current().version(object.version()).range(position, length);
    try (InputStream in = store.get(key(), range)) {
      if (in.readNBytes(into, 0, length) < length) {
        throw new EOFException("the object is shorter than it was");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Subject subject() {
    return Subject.object(object.zone(), object.key());
  }

  String key() {
    return object.key();
  }

  InputStream open() {
    return store.get(key(), ReadOptions.current().version(object.version()));
  }

  /** At most {@code length} bytes from {@code offset}, which lies in the file. */
  byte[] read(long offset, int length) {
    ReadOptions range = ReadOptions.current().version(object.version()).range(offset, length);
    try (InputStream in = store.get(key(), range)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CrawledFile withRows(OptionalLong rows) {
    return new CrawledFile(object, partition, bytes, rows);
  }

  Unreadable damaged(String reason) {
    return unreadable(reason + "; land an undamaged copy of the file");
  }

  Unreadable unreadable(String reason) {
    return new Unreadable(subject(), reason);
  }
}
