package io.lakesdk.catalog.parquet;

import java.io.InputStream;
import java.util.zip.CRC32;

/** The part of a file that is looked at, held in one small buffer. */
final class PageWindow {

  private static final int SIZE = 1 << 16;

  private final ParquetBytes file;
  private final byte[] buffer;
  private long start;
  private int length;

  PageWindow(ParquetBytes file) {
    this.file = file;
    this.buffer = new byte[(int) Math.min(SIZE, file.size())];
  }

  /** The byte at a position of the file, from 0 to 255. */
  int at(long position) {
    return buffer[load(position)] & 0xFF;
  }

  /** Where the byte at a position of the file is in the buffer. */
  private int load(long position) {
    if (position < start || position >= start + length) {
      length = (int) Math.min(buffer.length, file.size() - position);
      start = position;
      file.read(position, buffer, length);
    }
    return (int) (position - start);
  }

  /** The CRC-32 of a range. */
  int crc(long from, long bytes) {
    CRC32 crc = new CRC32();
    long end = from + bytes;
    long position = from;
    while (position < end) {
      int offset = load(position);
      int count = (int) Math.min(length - offset, end - position);
      crc.update(buffer, offset, count);
      position += count;
    }
    return (int) crc.getValue();
  }

  /** A range as a stream. */
  Range range(long from, long end) {
    return new Range(from, end);
  }

  /** Reads a range, and tells how far it got. */
  final class Range extends InputStream {

    private final long end;
    private long position;

    private Range(long from, long end) {
      this.position = from;
      this.end = end;
    }

    long position() {
      return position;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public int read() {
      return position < end ? at(position++) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int most) {
      if (most == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      int from = load(position);
      int count = (int) Math.min(Math.min(most, length - from), end - position);
      System.arraycopy(buffer, from, target, offset, count);
      position += count;
      return count;
    }
  }
}
