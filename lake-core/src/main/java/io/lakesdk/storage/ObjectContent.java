package io.lakesdk.storage;

import io.lakesdk.error.BadDataException;
import java.io.FilterInputStream;
import java.io.InputStream;

/**
 * The bytes of an object, to be closed by whoever opened it. When a whole object is read to its
 * end, its checksums are verified, and reading throws {@link BadDataException} where they do not
 * match.
 */
public final class ObjectContent extends FilterInputStream {

  private final ObjectInfo info;

  /** For implementations: {@code bytes} verifies itself. */
  public ObjectContent(ObjectInfo info, InputStream bytes) {
    super(bytes);
    this.info = info;
  }

  /** The object that this is the content of; {@code size} is that of the whole object. */
  public ObjectInfo info() {
    return info;
  }
}
