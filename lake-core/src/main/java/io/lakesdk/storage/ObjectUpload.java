package io.lakesdk.storage;

import java.io.OutputStream;

/**
 * An object while it is written. Closing it before {@link #complete} discards it; closing it after
 * does nothing. Not thread-safe.
 */
public abstract class ObjectUpload extends OutputStream {

  /**
   * Makes the object visible, if the condition of the options given at the start holds now; throws
   * as {@link ObjectStore#put} does, and then the upload is discarded.
   */
  public abstract ObjectInfo complete();

  /** Discards what was written, unless it was completed. */
  @Override
  public abstract void close();
}
