package io.lakesdk.catalog.parquet;

/** Levels in runs: Parquet's hybrid of run-length encoding and bit packing. */
final class LevelRuns {

  private static final int PACKED_TOGETHER = 8;
  private static final int LONGEST_VARINT = 5;

  private final PageWindow window;
  private final long end;
  private final int highest;
  private final int width;
  private long position;

  private LevelRuns(PageWindow window, long from, long bytes, int highest) {
    this.window = window;
    this.position = from;
    this.end = from + bytes;
    this.highest = highest;
    this.width = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
  }

  /** Whether all bytes of a range are levels of so many values, and none is above the highest. */
  static boolean fit(PageWindow window, long from, long bytes, int highest, long values) {
    if (highest == 0 || values == 0) {
      return bytes == 0;
    }
    return new LevelRuns(window, from, bytes, highest).areOf(values);
  }

  private boolean areOf(long values) {
    long left = values;
    while (left > 0) {
      long header = varint();
      if (header < 0) {
        return false;
      }
      long count = header >>> 1;
      boolean sound = (header & 1) == 1 ? packed(count, left) : repeated();
      if (!sound) {
        return false;
      }
      left -= (header & 1) == 1 ? count * PACKED_TOGETHER : count;
    }
    return position == end;
  }

  /** The number of variable length at the position; -1 if there is none. */
  private long varint() {
    long number = 0;
    for (int i = 0; i < LONGEST_VARINT && position < end; i++) {
      int next = window.at(position++);
      number |= (long) (next & 0x7F) << (7 * i);
      if ((next & 0x80) == 0) {
        return number;
      }
    }
    return -1;
  }

  /** One level, which all values of the run have. */
  private boolean repeated() {
    int bytes = (width + Byte.SIZE - 1) / Byte.SIZE;
    if (bytes > end - position) {
      return false;
    }
    int level = 0;
    for (int i = 0; i < bytes; i++) {
      level |= window.at(position++) << (Byte.SIZE * i);
    }
    return level >= 0 && level <= highest;
  }

  /** Levels of so many bits each, of which those beyond the last value mean nothing. */
  private boolean packed(long groups, long values) {
    long bytes = groups * width;
    if (bytes > end - position) {
      return false;
    }
    long next = position + bytes;
    int mask = (1 << width) - 1;
    if (highest < mask) {
      long bits = 0;
      int available = 0;
      for (long i = 0; i < Math.min(values, groups * PACKED_TOGETHER); i++) {
        while (available < width) {
          bits |= (long) window.at(position++) << available;
          available += Byte.SIZE;
        }
        if ((bits & mask) > highest) {
          return false;
        }
        bits >>>= width;
        available -= width;
      }
    }
    position = next;
    return true;
  }
}
