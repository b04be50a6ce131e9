package io.lakesdk.storage.embedded;

import io.lakesdk.metadata.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Bytes under identifiers that the index refers to. A blob never changes once it is sealed; whether
 * it exists is decided by the index alone. Thread-safe.
 */
interface Blobs extends AutoCloseable {

  /** Where the bytes are, for messages. */
  String place();

  /**
   * Refuses to go on after the end.
   *
   * @throws io.lakesdk.error.UnavailableException if this was closed
   */
  void requireOpen();

  /** Starts a blob. */
  NewBlob create() throws IOException;

  /**
   * Opens a part of a blob.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  InputStream open(String blob, long offset, long length) throws IOException;

  /**
   * Lets go of blobs that the index no longer refers to once this transaction is committed. Whoever
   * reads or has leased one may go on.
   */
  void release(Tx tx, List<String> blobs);

  @Override
  void close();

  /** A blob until the index refers to it. Not thread-safe. */
  interface NewBlob {

    String id();

    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Ends writing and makes the blob durable; the index may refer to it from now on. */
    void seal() throws IOException;

    /** The index refers to it. */
    void keep();

    /** The index does not refer to it. Does nothing on a blob that was kept or discarded. */
    void discard();
  }
}
