package io.lakesdk.storage.embedded;

import io.lakesdk.error.UnavailableException;
import io.lakesdk.metadata.Tx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blobs of a lake in memory. Those of more than 1 MiB are temporary files. */
final class MemoryBlobs implements Blobs {

  /** Up to this size bytes are on the heap. */
  static final int ON_HEAP = 1 << 20;

  private final TemporaryFiles temporary;
  private final Map<String, MemoryBlob> blobs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  MemoryBlobs(TemporaryFiles temporary) {
    this.temporary = temporary;
  }

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
  public Blobs.NewBlob create() {
    requireOpen();
    return new Growing();
  }

  /** Makes a finished file a blob. */
  Blobs.NewBlob adopt(TemporaryFiles.TemporaryFile file) throws IOException {
    Growing blob = new Growing();
    long size = file.size();
    if (size > ON_HEAP) {
      blob.file = file;
      return blob;
    }
    try (TemporaryFiles.TemporaryFile small = file;
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

  @Override
  public void requireOpen() {
    if (closed) {
      throw new UnavailableException("use", MemoryFiles.MEMORY, "the lake was closed");
    }
  }

  private void remove(String id) {
    MemoryBlob blob = blobs.remove(id);
    if (blob != null) {
      blob.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    blobs.keySet().forEach(this::remove);
    temporary.close();
  }

  /** A blob that is written on the heap until it is too long for it. */
  private final class Growing implements Blobs.NewBlob {
    private final String id = ObjectChanges.newId();
    private @Nullable ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private TemporaryFiles.@Nullable TemporaryFile file;
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
      TemporaryFiles.TemporaryFile large = file;
      if (large == null) {
        large = temporary.create();
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
      TemporaryFiles.TemporaryFile large = file;
      ByteArrayOutputStream small = heap;
      blobs.put(
          id,
          large != null
              ? new MemoryBlob(temporary, large)
              : new MemoryBlob(temporary, small == null ? new byte[0] : small.toByteArray()));
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
      TemporaryFiles.TemporaryFile large = file;
      if (large != null) {
        try {
          large.close();
        } catch (IOException e) {
          throw new IllegalStateException("a file without a name could not be closed", e);
        }
      }
    }
  }

  /**
   * The bytes of a blob of a lake in memory: an array, or where they are many a temporary file. One
   * that is an array is put into a file while somebody has it leased. Thread-safe.
   */
  static final class MemoryBlob {

    private final TemporaryFiles temporary;
    private final byte @Nullable [] bytes;
    private TemporaryFiles.@Nullable TemporaryFile file;
    private int users;
    private boolean released;

    MemoryBlob(TemporaryFiles temporary, byte[] bytes) {
      this.temporary = temporary;
      this.bytes = bytes;
    }

    MemoryBlob(TemporaryFiles temporary, TemporaryFiles.TemporaryFile file) {
      this.temporary = temporary;
      this.bytes = null;
      this.file = file;
    }

    /** Its file, until {@link #leave} is called as often as this. */
    synchronized TemporaryFiles.TemporaryFile use() throws IOException {
      TemporaryFiles.TemporaryFile current = file;
      if (current == null) {
        if (bytes == null) {
          throw new NoSuchFileException("released");
        }
        current = temporary.create();
        current.write(bytes, 0, bytes.length);
        file = current;
      }
      users++;
      return current;
    }

    synchronized void leave() {
      users--;
      closeUnused();
    }

    /** Nobody will ask for it again; those who use it may go on. */
    synchronized void release() {
      released = true;
      closeUnused();
    }

    private void closeUnused() {
      TemporaryFiles.TemporaryFile current = file;
      if (users == 0 && current != null && (released || bytes != null)) {
        file = null;
        try {
          current.close();
        } catch (IOException e) {
          throw new IllegalStateException("a file without a name could not be closed", e);
        }
      }
    }

    InputStream open(long offset, long length) throws IOException {
      if (bytes != null) {
        return new ByteArrayInputStream(
            bytes, (int) offset, (int) Math.min(length, bytes.length - offset));
      }
      TemporaryFiles.TemporaryFile used = use();
      try {
        return new FilterInputStream(used.open(offset, length)) {
          private boolean closed;

          @Override
          public void close() throws IOException {
            super.close();
            if (!closed) {
              closed = true;
              leave();
            }
          }
        };
      } catch (IOException | RuntimeException e) {
        leave();
        throw e;
      }
    }
  }
}
