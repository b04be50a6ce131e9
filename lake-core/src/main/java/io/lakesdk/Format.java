package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the files of a dataset are written: a closed choice. A table format such as Iceberg joins as
 * one more record here.
 */
public sealed interface Format
    permits Format.Parquet,
        Format.Csv,
        Format.JsonLines,
        Format.Avro,
        Format.Orc,
        Format.Delimited,
        UncompressedFormat {

  /** Parquet, compressed with zstd. */
  Format PARQUET = new Parquet(Compression.ZSTD);

  /** Comma-separated values with a header line. */
  Format CSV = new Csv(',', '"', Header.PRESENT);

  /** One JSON object a line. */
  JsonLines JSON_LINES = new JsonLines(Malformed.REFUSED, Map.of());

  /** A file that is one JSON array of objects, or one object. */
  Format JSON = new Json();

  /** Avro object container files, compressed with deflate. */
  Format AVRO = new Avro(Compression.DEFLATE);

  /** ORC compressed with ZLIB, with columns found by their names. */
  Format ORC = new Orc(ColumnAccess.BY_NAME);

  /** Amazon Ion, with columns found by their names. */
  Ion ION = new Ion(Map.of(), LetterCase.IGNORED, Overflow.REFUSED, Map.of(), Damage.REFUSED);

  /** CSV as Athena's OpenCSV SerDe reads it unless told otherwise. */
  OpenCsv OPEN_CSV = new OpenCsv(',', '"', '\\', 0, Malformed.REFUSED);

  /** The logs of CloudTrail. */
  Format CLOUD_TRAIL = new CloudTrail();

  /** Delimited lines with the delimiters that are Hive's and Athena's own. */
  Delimited DELIMITED =
      new Delimited('\u0001', '\u0002', '\u0003', Optional.empty(), "\\N", 0, Compression.NONE);

  /** The usual ending of a file's name, without the dot and without that of a compression. */
  String extension();

  /** What files are compressed with when they are written; a file says itself how it is read. */
  Compression compression();

  /**
   * The same with another compression.
   *
   * @throws InvalidDefinitionException if the format does not have it
   */
  Format compressedWith(Compression other);

  /** What the names of files end with that are written, without the first dot. */
  static String fileEnding(Format format) {
    return format.extension() + (Codecs.isText(format) ? Codecs.ending(format.compression()) : "");
  }

  /**
   * Parquet files.
   *
   * @param compression ZSTD, SNAPPY, GZIP or NONE
   */
  record Parquet(Compression compression) implements Format {
    public Parquet {
      Codecs.check("Parquet", compression, Codecs.PARQUET);
    }

    @Override
    public Format compressedWith(Compression other) {
      return new Parquet(other);
    }

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
   * @param compression GZIP, BZIP2, ZSTD, SNAPPY, LZ4 or NONE
   */
  record Csv(char delimiter, char quote, Header header, Compression compression) implements Format {
    public Csv {
      Codecs.check("CSV", compression, Codecs.TEXT);
      TextRules.delimiters("delimiter and quote", delimiter, quote);
    }

    /** Such that are not compressed. */
    public Csv(char delimiter, char quote, Header header) {
      this(delimiter, quote, header, Compression.NONE);
    }

    public Csv delimitedBy(char other) {
      return new Csv(other, quote, header, compression);
    }

    public Csv quotedBy(char other) {
      return new Csv(delimiter, other, header, compression);
    }

    public Csv withoutHeader() {
      return new Csv(delimiter, quote, Header.ABSENT, compression);
    }

    @Override
    public Csv compressedWith(Compression other) {
      return new Csv(delimiter, quote, header, other);
    }

    @Override
    public String extension() {
      return delimiter == '\t' ? "tsv" : "csv";
    }
  }

  /**
   * CSV as the {@code OpenCSVSerde} of Hive and Athena reads it, line by line. Columns go by
   * position; those that a line does not have are NULL, and an empty text is a text. Dates are
   * numbers of days since 1970, and timestamps of milliseconds. NULL is not written here.
   *
   * @param delimiter between values
   * @param quote around values; two of them are one inside of a value
   * @param escape before a quote or itself inside of a value; elsewhere it is passed over
   * @param headerLines how many lines are passed over at the beginning of a file
   * @param values what becomes of a value that is none of its column's type; Athena's {@code
   *     use.null.for.invalid.data}
   */
  record OpenCsv(char delimiter, char quote, char escape, int headerLines, Malformed values)
      implements UncompressedFormat {
    public OpenCsv {
      TextRules.delimiters("delimiter, quote and escape", delimiter, quote, escape);
      TextRules.headerLines(headerLines);
    }

    public OpenCsv skippingLines(int lines) {
      return new OpenCsv(delimiter, quote, escape, lines, values);
    }

    @Override
    public String extension() {
      return "csv";
    }
  }

  /**
   * JSON Lines files.
   *
   * @param malformed what becomes of a line that is no JSON; the SerDes' {@code
   *     ignore.malformed.json}
   * @param keys the key in the files of each column that has another name there; OpenX's {@code
   *     mapping}. Datasets with such are read and not written here
   * @param dots what becomes of dots in the keys of columns; OpenX's {@code dots.in.keys}
   * @param compression GZIP, BZIP2, ZSTD, SNAPPY, LZ4 or NONE
   */
  record JsonLines(
      Malformed malformed, Map<String, String> keys, Dots dots, Compression compression)
      implements Format {
    public JsonLines {
      Codecs.check("JSON Lines", compression, Codecs.TEXT);
      keys = Map.copyOf(keys);
    }

    /** Such that are not compressed, and in which dots in keys are dots. */
    public JsonLines(Malformed malformed, Map<String, String> keys) {
      this(malformed, keys, Dots.KEPT, Compression.NONE);
    }

    @Override
    public JsonLines compressedWith(Compression other) {
      return new JsonLines(malformed, keys, dots, other);
    }

    @Override
    public String extension() {
      return "jsonl";
    }
  }

  /** JSON documents. */
  record Json() implements UncompressedFormat {
    @Override
    public String extension() {
      return "json";
    }
  }

  /**
   * The logs that CloudTrail leaves in S3: JSON objects whose {@code Records} are the rows. They
   * are read and not written here.
   */
  record CloudTrail() implements UncompressedFormat {
    @Override
    public String extension() {
      return "json";
    }
  }

  /**
   * Avro object container files. Each says its own schema; columns are found by name.
   *
   * @param compression DEFLATE, SNAPPY, ZSTD, BZIP2 or NONE
   */
  record Avro(Compression compression) implements Format {
    public Avro {
      Codecs.check("Avro", compression, Codecs.AVRO);
    }

    @Override
    public Format compressedWith(Compression other) {
      return new Avro(other);
    }

    @Override
    public String extension() {
      return "avro";
    }
  }

  /**
   * ORC files.
   *
   * @param access how a column is found in a file; Athena's {@code orc.column.index.access}
   * @param compression ZLIB, SNAPPY, LZ4, ZSTD or NONE
   */
  record Orc(ColumnAccess access, Compression compression) implements Format {
    public Orc {
      Codecs.check("ORC", compression, Codecs.ORC);
    }

    /** With ZLIB. */
    public Orc(ColumnAccess access) {
      this(access, Compression.ZLIB);
    }

    @Override
    public Format compressedWith(Compression other) {
      return new Orc(access, other);
    }

    @Override
    public String extension() {
      return "orc";
    }
  }

  /**
   * Amazon Ion, text or binary, as the Ion Hive SerDe reads it: each value at the top is a row, and
   * the fields of a struct are columns. They are read and not written here.
   *
   * @param paths where the column of a name is, if it is no field of that name; the SerDe's {@code
   *     path_extractor}, such as {@code (address street)}
   * @param letters whether upper and lower case of fields differ
   * @param overflow what becomes of values that do not fit their column
   * @param overflows the same of columns for which it is told
   * @param damage what becomes of a file that is no Ion from some place on; the SerDe's {@code
   *     ignore_malformed}
   */
  record Ion(
      Map<String, String> paths,
      LetterCase letters,
      Overflow overflow,
      Map<String, Overflow> overflows,
      Damage damage)
      implements UncompressedFormat {
    public Ion {
      paths = Map.copyOf(paths);
      overflows = Map.copyOf(overflows);
    }

    /** The same with a column at a path. */
    public Ion at(String column, String path) {
      Map<String, String> more = new HashMap<>(paths);
      more.put(column, path);
      return new Ion(more, letters, overflow, overflows, damage);
    }

    /** What becomes of values that do not fit a column. */
    public Overflow overflowOf(String column) {
      return overflows.getOrDefault(column, overflow);
    }

    @Override
    public String extension() {
      return "ion";
    }
  }

  /**
   * Lines of values without quotes, as Hive's {@code LazySimpleSerDe} reads them, which is what
   * Athena does with text unless a table says otherwise. Columns go by position; those that a line
   * does not have are NULL, and so is a value that is none of its column's type.
   *
   * @param fields between values
   * @param elements between the elements of an array, the entries of a map, the fields of a struct
   * @param keys between a key of a map and its value
   * @param escape before a character that stands for itself
   * @param nulls the text that is NULL
   * @param headerLines how many lines are passed over at the beginning of a file
   * @param compression GZIP, BZIP2, ZSTD, SNAPPY, LZ4 or NONE
   */
  record Delimited(
      char fields,
      char elements,
      char keys,
      Optional<Character> escape,
      String nulls,
      int headerLines,
      Compression compression)
      implements Format {
    public Delimited {
      Codecs.check("delimited text", compression, Codecs.TEXT);
      if (escape.isPresent()) {
        TextRules.delimiters("delimiters and the escape", fields, elements, keys, escape.get());
      } else {
        TextRules.delimiters("delimiters", fields, elements, keys);
      }
      TextRules.headerLines(headerLines);
    }

    public Delimited delimitedBy(char other) {
      return new Delimited(other, elements, keys, escape, nulls, headerLines, compression);
    }

    public Delimited escapedBy(char other) {
      return new Delimited(
          fields, elements, keys, Optional.of(other), nulls, headerLines, compression);
    }

    public Delimited nullAs(String other) {
      return new Delimited(fields, elements, keys, escape, other, headerLines, compression);
    }

    public Delimited skippingLines(int lines) {
      return new Delimited(fields, elements, keys, escape, nulls, lines, compression);
    }

    @Override
    public Delimited compressedWith(Compression other) {
      return new Delimited(fields, elements, keys, escape, nulls, headerLines, other);
    }

    @Override
    public String extension() {
      return "txt";
    }
  }

  /**
   * Lines of text that a regular expression takes apart, as Hive's {@code RegexSerDe} does: the
   * whole line has to match, and the groups are the columns in order. A line that does not match is
   * a row of NULLs, and so is a value that is none of its column's type. They are read and not
   * written here.
   *
   * @param pattern as {@link java.util.regex.Pattern} has it; a dot is any character
   * @param letters whether upper and lower case differ
   * @param headerLines how many lines are passed over at the beginning of a file
   */
  record Regex(String pattern, LetterCase letters, int headerLines) implements UncompressedFormat {
    public Regex {
      TextRules.headerLines(headerLines);
      TextRules.pattern(pattern);
    }

    @Override
    public String extension() {
      return "log";
    }
  }

  /**
   * Lines of text that a Grok pattern takes apart, as the {@code GrokSerDe} of Glue does: the
   * pattern may be anywhere in a line, and what it names are the columns. Lines and values that do
   * not fit are NULL. They are read and not written here.
   *
   * @param pattern such as {@code %{IP:client} %{GREEDYDATA:rest}}
   * @param customPatterns patterns of one's own, a name, a space and a pattern a line; may be empty
   * @param headerLines how many lines are passed over at the beginning of a file
   */
  record Grok(String pattern, String customPatterns, int headerLines)
      implements UncompressedFormat {
    public Grok {
      TextRules.headerLines(headerLines);
    }

    @Override
    public String extension() {
      return "log";
    }
  }

  /**
   * Files that this SDK neither reads nor writes: of datasets that another tool made. They are
   * known to the catalog, and may be queried in Athena.
   *
   * @param name as Glue classifies it, such as {@code xml}
   */
  record Other(String name) implements UncompressedFormat {
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

  /** What files are compressed with; a format has some of them. */
  enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE,
    BZIP2,
    LZ4,
    DEFLATE,
    ZLIB
  }

  /** How a column is found in a file. */
  enum ColumnAccess {
    BY_NAME,
    BY_INDEX
  }

  /** What becomes of a line, or of a value, that is not what it should be; REFUSED is an error. */
  enum Malformed {
    REFUSED,
    /** A line is a row of NULLs, and a value is NULL. */
    NULLS
  }

  /** What becomes of dots in the keys of JSON. */
  enum Dots {
    /** They are part of the key. */
    KEPT,
    /** A key is also found by its name with underscores for dots. */
    UNDERSCORES
  }

  /** What becomes of a value that does not fit its column; REFUSED is an error. */
  enum Overflow {
    REFUSED,
    /** Bits and characters that have no room are dropped. */
    CUT
  }

  /** What becomes of a file that is damaged from some place on; REFUSED is an error. */
  enum Damage {
    REFUSED,
    /** What is before that place is read. */
    PASSED_OVER
  }

  /** Whether upper and lower case differ. */
  enum LetterCase {
    EXACT,
    IGNORED
  }

  static Parquet parquet(Compression compression) {
    return new Parquet(compression);
  }

  static Regex regex(String pattern) {
    return new Regex(pattern, LetterCase.EXACT, 0);
  }

  static Grok grok(String pattern) {
    return new Grok(pattern, "", 0);
  }

  static Other other(String name) {
    return new Other(name);
  }

  static Csv csv() {
    return new Csv(',', '"', Header.PRESENT);
  }
}
