package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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

  /** Avro object container files, compressed with deflate. */
  Format AVRO = new Avro();

  /** ORC compressed with ZLIB, with columns found by their names. */
  Format ORC = new Orc(ColumnAccess.BY_NAME);

  /** Delimited lines with the delimiters that are Hive's and Athena's own. */
  Delimited DELIMITED = new Delimited('\u0001', '\u0002', '\u0003', Optional.empty(), "\\N", 0);

  /** The usual ending of a file's name, without the dot and without that of a compression. */
  String extension();

  /** What files are compressed with when they are written; a file says itself how it is read. */
  default Compression compression() {
    return Compression.NONE;
  }

  /**
   * The same with another compression.
   *
   * @throws InvalidDefinitionException if the format does not have it
   */
  default Format compressedWith(Compression other) {
    return Codecs.require(this, other, Set.of(Compression.NONE));
  }

  /** What the names of files end with that are written, without the first dot. */
  default String fileEnding() {
    return extension() + (Codecs.isText(this) ? Codecs.ending(compression()) : "");
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
      if (delimiter == quote || delimiter == '\n' || delimiter == '\r' || quote == '\n') {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            "delimiter and quote must differ and cannot be line breaks");
      }
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
   * JSON Lines files.
   *
   * @param malformed what becomes of a line that is no JSON; the SerDes' {@code
   *     ignore.malformed.json}
   * @param keys the key in the files of each column that has another name there; OpenX's {@code
   *     mapping}. Datasets with such are read and not written here
   * @param compression GZIP, BZIP2, ZSTD, SNAPPY, LZ4 or NONE
   */
  record JsonLines(Malformed malformed, Map<String, String> keys, Compression compression)
      implements Format {
    public JsonLines {
      Codecs.check("JSON Lines", compression, Codecs.TEXT);
      keys = Map.copyOf(keys);
    }

    /** Such that are not compressed. */
    public JsonLines(Malformed malformed, Map<String, String> keys) {
      this(malformed, keys, Compression.NONE);
    }

    /** Columns have the names of keys, and lines that are no JSON are errors. */
    public JsonLines() {
      this(Malformed.REFUSED, Map.of());
    }

    @Override
    public JsonLines compressedWith(Compression other) {
      return new JsonLines(malformed, keys, other);
    }

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
   * Avro object container files. Each says its own schema; columns are found by name.
   *
   * @param compression DEFLATE, SNAPPY, ZSTD, BZIP2 or NONE
   */
  record Avro(Compression compression) implements Format {
    public Avro {
      Codecs.check("Avro", compression, Codecs.AVRO);
    }

    /** With deflate. */
    public Avro() {
      this(Compression.DEFLATE);
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
      Set<Character> all = new HashSet<>(List.of('\n', '\r'));
      List<Character> given = new ArrayList<>(List.of(fields, elements, keys));
      escape.ifPresent(given::add);
      if (!given.stream().allMatch(all::add)) {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            "delimiters and the escape must differ and cannot be line breaks");
      }
      if (headerLines < 0) {
        throw new InvalidDefinitionException(
            "define", Subject.option("headerLines"), "it is less than 0");
      }
    }

    /** Such that are not compressed. */
    public Delimited(
        char fields,
        char elements,
        char keys,
        Optional<Character> escape,
        String nulls,
        int headerLines) {
      this(fields, elements, keys, escape, nulls, headerLines, Compression.NONE);
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
   */
  record Regex(String pattern, LetterCase letters) implements Format {
    public Regex {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("pattern"),
            "it is no regular expression of Java, because of what is at index " + e.getIndex());
      }
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
   */
  record Grok(String pattern, String customPatterns) implements Format {
    @Override
    public String extension() {
      return "log";
    }
  }

  /**
   * Files that this SDK neither reads nor writes: of datasets that another tool made. They are
   * known to the catalog, and may be queried in Athena.
   *
   * @param name as Glue classifies it, such as {@code ion} or {@code xml}
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

  /** What files are compressed with; a format has some of them. */
  enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE,
    BZIP2,
    LZ4,
    /** Of Avro. */
    DEFLATE,
    /** Of ORC. */
    ZLIB
  }

  /** How a column is found in a file. */
  enum ColumnAccess {
    BY_NAME,
    BY_INDEX
  }

  /** What becomes of a line that is not what it should be. */
  enum Malformed {
    /** It is an error. */
    REFUSED,
    /** It is a row of NULLs. */
    NULLS
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
    return new Regex(pattern, LetterCase.EXACT);
  }

  static Grok grok(String pattern) {
    return new Grok(pattern, "");
  }

  static Other other(String name) {
    return new Other(name);
  }

  static Csv csv() {
    return new Csv(',', '"', Header.PRESENT);
  }
}
