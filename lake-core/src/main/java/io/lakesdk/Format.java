package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;

/**
 * How the files of a dataset are written: a closed choice. A table format such as Iceberg joins as
 * one more record here.
 */
public sealed interface Format {

  /** Parquet, compressed with zstd. */
  Format PARQUET = new Parquet(Compression.ZSTD);

  /** Comma-separated values with a header line. */
  Format CSV = new Csv(',', '"', Header.PRESENT);

  /** One JSON object a line. */
  Format JSON_LINES = new JsonLines();

  /** A file that is one JSON array of objects, or one object. */
  Format JSON = new Json();

  /** The usual ending of a file's name, without the dot. */
  String extension();

  /** Parquet files. */
  record Parquet(Compression compression) implements Format {
    @Override
    public String extension() {
      return "parquet";
    }
  }

  /**
   * Text files of delimited values, UTF-8.
   *
   * @param delimiter between values
   * @param quote around values that hold a delimiter, a line break or a quote, which is then
   *     doubled
   * @param header whether the first line names the columns
   */
  record Csv(char delimiter, char quote, Header header) implements Format {
    public Csv {
      if (delimiter == quote || delimiter == '\n' || delimiter == '\r' || quote == '\n') {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            "delimiter and quote must differ and cannot be line breaks");
      }
    }

    public Csv delimitedBy(char other) {
      return new Csv(other, quote, header);
    }

    public Csv quotedBy(char other) {
      return new Csv(delimiter, other, header);
    }

    public Csv withoutHeader() {
      return new Csv(delimiter, quote, Header.ABSENT);
    }

    @Override
    public String extension() {
      return delimiter == '\t' ? "tsv" : "csv";
    }
  }

  /** JSON Lines files. */
  record JsonLines() implements Format {
    @Override
    public String extension() {
      return "jsonl";
    }
  }

  /** JSON documents. */
  record Json() implements Format {
    @Override
    public String extension() {
      return "json";
    }
  }

  /**
   * Files that this SDK neither reads nor writes: of datasets that another tool made. They are
   * known to the catalog, and may be queried in Athena.
   *
   * @param name as Glue classifies it, such as {@code orc} or {@code avro}
   */
  record Other(String name) implements Format {
    @Override
    public String extension() {
      return name;
    }
  }

  /** Whether the first line of a text file names its columns. */
  enum Header {
    PRESENT,
    ABSENT
  }

  /** Compression inside Parquet files. */
  enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE
  }

  static Parquet parquet(Compression compression) {
    return new Parquet(compression);
  }

  static Other other(String name) {
    return new Other(name);
  }

  static Csv csv() {
    return new Csv(',', '"', Header.PRESENT);
  }
}
