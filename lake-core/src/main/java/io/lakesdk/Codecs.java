package io.lakesdk;

import io.lakesdk.Format.Compression;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which compressions a format has when it is written. Source: "Use Hive table compression" in the
 * Athena user guide, of engine version 3.
 */
final class Codecs {

  static final Set<Compression> PARQUET =
      Set.of(Compression.ZSTD, Compression.SNAPPY, Compression.GZIP, Compression.NONE);
  static final Set<Compression> AVRO =
      Set.of(
          Compression.DEFLATE,
          Compression.SNAPPY,
          Compression.ZSTD,
          Compression.BZIP2,
          Compression.NONE);
  static final Set<Compression> ORC =
      Set.of(
          Compression.ZLIB,
          Compression.SNAPPY,
          Compression.LZ4,
          Compression.ZSTD,
          Compression.NONE);
  static final Set<Compression> TEXT =
      Set.of(
          Compression.GZIP,
          Compression.BZIP2,
          Compression.ZSTD,
          Compression.SNAPPY,
          Compression.LZ4,
          Compression.NONE);

  private Codecs() {}

  static void check(String format, Compression compression, Set<Compression> known) {
    if (!known.contains(compression)) {
      throw new InvalidDefinitionException(
          "define",
          Subject.option("compression"),
          "files of "
              + format
              + " are not compressed with "
              + compression
              + "; take one of "
              + EnumSet.copyOf(known));
    }
  }

  /** A format that is not compressed, or not written. */
  static Format uncompressed(Format format, Compression compression) {
    check(format.extension(), compression, Set.of(Compression.NONE));
    return format;
  }

  static boolean isText(Format format) {
    return format instanceof Format.Csv
        || format instanceof Format.JsonLines
        || format instanceof Format.Delimited;
  }

  /** What names of files end with that are compressed as a whole. */
  static String ending(Compression compression) {
    return switch (compression) {
      case GZIP -> ".gz";
      case BZIP2 -> ".bz2";
      case ZSTD -> ".zst";
      case SNAPPY -> ".snappy";
      case LZ4 -> ".lz4";
      case NONE, DEFLATE, ZLIB -> "";
    };
  }
}
