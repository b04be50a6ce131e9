package io.lakesdk.catalog.parquet;

import org.apache.parquet.format.CompressionCodec;

/** What the first bytes of compressed data tell without decompressing it. */
final class Codec {

  private static final long GZIP = 0x1F8B08L;
  private static final long ZSTD = 0x28B52FFDL;
  private static final long ZSTD_SKIPPABLE = 0x502A4D18L;
  private static final long ANY_SKIPPABLE = 0xF0FFFFFFL;
  private static final int LONGEST_VARINT = 5;

  private Codec() {}

  /** Whether a range may be what a codec makes of so many bytes. */
  static boolean fits(
      CompressionCodec codec, PageWindow window, long from, long bytes, long uncompressed) {
    if (codec == CompressionCodec.UNCOMPRESSED) {
      return bytes == uncompressed;
    }
    if (bytes == 0) {
      return uncompressed == 0;
    }
    return switch (codec) {
      case SNAPPY -> varint(window, from, bytes) == uncompressed;
      case GZIP -> first(3, window, from, bytes) == GZIP;
      case ZSTD -> isZstd(first(4, window, from, bytes));
      default -> true;
    };
  }

  private static boolean isZstd(long first) {
    return first == ZSTD || (first & ANY_SKIPPABLE) == ZSTD_SKIPPABLE;
  }

  /** The first few bytes as a number; -1 if there are not as many. */
  private static long first(int count, PageWindow window, long from, long bytes) {
    if (bytes < count) {
      return -1;
    }
    long first = 0;
    for (int i = 0; i < count; i++) {
      first = first << Byte.SIZE | window.at(from + i);
    }
    return first;
  }

  /** The number of variable length at the start; -1 if there is none. */
  private static long varint(PageWindow window, long from, long bytes) {
    long number = 0;
    for (int i = 0; i < Math.min(bytes, LONGEST_VARINT); i++) {
      int next = window.at(from + i);
      number |= (long) (next & 0x7F) << (7 * i);
      if ((next & 0x80) == 0) {
        return number;
      }
    }
    return -1;
  }
}
