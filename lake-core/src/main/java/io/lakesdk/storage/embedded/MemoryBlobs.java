package io.lakesdk.storage.embedded;

import io.lakesdk.metadata.Tx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blobs of a lake in memory. Those of more than 1 MiB are anonymous files. */
final class MemoryBlobs implements Blobs {

  /** Up to this size bytes are on the heap. */
  static final int ON_HEAP = 1 << 20;

  private final Map<String, MemoryBlob> blobs = new ConcurrentHashMap<>();

  @Override
  public String place() {
    return "memory";
  }

  MemoryBlob find(String blob) throws NoSuchFileException {
    MemoryBlob found = blobs.get(blob);
    if (found == null) {
      throw new NoSuchFileException(blob);
    }
    return found;
  }

  @Override
  public InputStream open(String blob, long offset, long length) throws IOException {
    return find(blob).open(offset, length);
  }

  @Override
  public NewBlob create() {
    return new Growing();
  }

  /** Makes a finished file a blob. */
  NewBlob adopt(AnonymousFile file) throws IOException {
    Growing blob = new Growing();
    long size = file.size();
    if (size > ON_HEAP) {
      blob.file = file;
      return blob;
    }
    try (AnonymousFile small = file;
        InputStream in = small.open(0, size)) {
      byte[] bytes = in.readAllBytes();
      blob.write(bytes, 0, bytes.length);
    }
    return blob;
  }

  @Override
  public void release(Tx tx, List<String> unused) {
    tx.afterCommit(() -> unused.forEach(this::remove));
  }

  private void remove(String id) {
    MemoryBlob blob = blobs.remove(id);
    if (blob != null) {
      blob.release();
    }
  }

  @Override
  public void close() {
    blobs.keySet().forEach(this::remove);
  }

  /** A blob that is written on the heap until it is too long for it. */
  private final class Growing implements NewBlob {
    private final String id = ObjectChanges.newId();
    private @Nullable ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private @Nullable AnonymousFile file;
    private boolean settled;

    @Override
    public String id() {
      return id;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteArrayOutputStream small = heap;
      if (small != null && small.size() + (long) length <= ON_HEAP) {
        small.write(bytes, offset, length);
        return;
      }
      AnonymousFile large = file;
      if (large == null) {
        large = AnonymousFiles.create();
        file = large;
        if (small != null) {
          large.write(small.toByteArray(), 0, small.size());
        }
        heap = null;
      }
      large.write(bytes, offset, length);
    }

    @Override
    public void seal() {
      AnonymousFile large = file;
      ByteArrayOutputStream small = heap;
      blobs.put(
          id,
          large != null
              ? new MemoryBlob(large)
              : new MemoryBlob(small == null ? new byte[0] : small.toByteArray()));
      heap = null;
    }

    @Override
    public void keep() {
      settled = true;
    }

    @Override
    public void discard() {
      if (settled) {
        return;
      }
      settled = true;
      remove(id);
      AnonymousFile large = file;
      if (large != null) {
        try {
          large.close();
        } catch (IOException e) {
          throw new IllegalStateException("a file without a name could not be closed", e);
        }
      }
    }
  }
}
