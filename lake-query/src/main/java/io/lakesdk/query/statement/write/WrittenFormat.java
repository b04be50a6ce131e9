package io.lakesdk.query.statement.write;

import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats that statements write, by Athena's names, compressed as Athena does unless told
 * otherwise. Sources: "CTAS table properties", "UNLOAD" and "Use Hive table compression" of the
 * Athena user guide.
 */
final class WrittenFormat {

  /** What messages list. */
  static final String FORMATS =
      "'PARQUET', 'ORC', 'AVRO', 'TEXTFILE' or 'JSON'; other formats are not supported";

  /** What messages list. */
  static final String COMPRESSIONS =
      "'GZIP', 'SNAPPY', 'ZSTD' or 'NONE' of PARQUET, 'ZLIB', 'SNAPPY', 'LZ4', 'ZSTD' or 'NONE' of"
          + " ORC, 'DEFLATE', 'SNAPPY', 'ZSTD', 'BZIP2' or 'NONE' of AVRO, and 'GZIP', 'BZIP2',"
          + " 'ZSTD', 'SNAPPY', 'LZ4' or 'NONE' of TEXTFILE and JSON";

  private WrittenFormat() {}

  /** The format of this name, or nothing if it is not supported. */
  static Optional<Format> named(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PARQUET" -> Optional.of(Format.parquet(Format.Compression.GZIP));
      case "TEXTFILE" -> Optional.of(Format.DELIMITED.compressedWith(Format.Compression.GZIP));
      case "JSON" -> Optional.of(Format.JSON_LINES.compressedWith(Format.Compression.GZIP));
      case "ORC" -> Optional.of(Format.ORC);
      case "AVRO" -> Optional.of(Format.AVRO);
      default -> Optional.empty();
    };
  }

  /** With the compression of this name, or nothing if the format does not have it. */
  static Optional<Format> compressed(Format format, String compression) {
    try {
      String name = compression.toUpperCase(Locale.ROOT);
      return Optional.of(format.compressedWith(Format.Compression.valueOf(name)));
    } catch (IllegalArgumentException | InvalidDefinitionException notOfTheFormat) {
      return Optional.empty();
    }
  }

  /** With this between values, or nothing if it is no text or cannot be. */
  static Optional<Format> delimited(Format format, String delimiter) {
    if (!(format instanceof Format.Delimited text) || delimiter.length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(text.delimitedBy(delimiter.charAt(0)));
    } catch (InvalidDefinitionException takenByAnother) {
      return Optional.empty();
    }
  }
}
