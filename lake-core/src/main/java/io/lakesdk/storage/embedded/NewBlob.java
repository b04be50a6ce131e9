package io.lakesdk.storage.embedded;

import java.io.IOException;

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
