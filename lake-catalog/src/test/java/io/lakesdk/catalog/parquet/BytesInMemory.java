package io.lakesdk.catalog.parquet;

/** A file that is an array. */
final class BytesInMemory implements ParquetBytes {

  private final byte[] bytes;

  BytesInMemory(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long position, byte[] into, int length) {
    System.arraycopy(bytes, (int) position, into, 0, length);
  }
}
