package io.lakesdk.storage.embedded;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob of a lake in memory: an array, or where they are many an anonymous file. One
 * that is an array is put into a file while somebody has it leased. Thread-safe.
 */
final class MemoryBlob {

  private final byte @Nullable [] bytes;
  private @Nullable AnonymousFile file;
  private int users;
  private boolean released;

  MemoryBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  MemoryBlob(AnonymousFile file) {
    this.bytes = null;
    this.file = file;
  }

  /** Its file, until {@link #leave} is called as often as this. */
  synchronized AnonymousFile use() throws IOException {
    AnonymousFile current = file;
    if (current == null) {
      if (bytes == null) {
        throw new NoSuchFileException("released");
      }
      current = AnonymousFiles.create();
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
    AnonymousFile current = file;
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
    AnonymousFile used = use();
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
