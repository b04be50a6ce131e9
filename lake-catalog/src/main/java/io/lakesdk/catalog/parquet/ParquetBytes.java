package io.lakesdk.catalog.parquet;

/** The bytes of a file, wherever they are. */
public interface ParquetBytes {

  /** How many there are. */
  long size();

  /**
   * Reads the first {@code length} bytes of {@code into}.
   *
   * @param position of the first in the file; all of them lie in the file
   */
  void read(long position, byte[] into, int length);
}
