package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Avro object container files. */
  Format AVRO = new Avro();

  /** ORC, with columns found by their names. */
  Format ORC = new Orc(ColumnAccess.BY_NAME);

  /** Amazon Ion, with columns found by their names. */
  Ion ION = new Ion(Map.of(), LetterCase.IGNORED, Overflow.REFUSED, Map.of(), Damage.REFUSED);

  /** CSV as Athena's OpenCSV SerDe reads it unless told otherwise. */
  OpenCsv OPEN_CSV = new OpenCsv(',', '"', '\\', 0, Malformed.REFUSED);

  /** Delimited lines with the delimiters that are Hive's and Athena's own. */
  Delimited DELIMITED = new Delimited('\u0001', '\u0002', '\u0003', Optional.empty(), "\\N", 0);

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

  /**
   * CSV as the {@code OpenCSVSerde} of Hive and Athena reads it, line by line. Columns go by
   * position; those that a line does not have are NULL, and an empty text is a text. Dates are
   * numbers of days since 1970, and timestamps of milliseconds. They are read and not written here.
   *
   * @param delimiter between values
   * @param quote around values; two of them are one inside of a value
   * @param escape before a quote or itself inside of a value; elsewhere it is passed over
   * @param headerLines how many lines are passed over at the beginning of a file
   * @param values what becomes of a value that is none of its column's type; Athena's {@code
   *     use.null.for.invalid.data}
   */
  record OpenCsv(char delimiter, char quote, char escape, int headerLines, Malformed values)
      implements Format {
    public OpenCsv {
      Set<Character> all = new HashSet<>(List.of('\n', '\r'));
      if (!List.of(delimiter, quote, escape).stream().allMatch(all::add)) {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            "delimiter, quote and escape must differ and cannot be line breaks");
      }
      requireLines(headerLines);
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
   */
  record JsonLines(Malformed malformed, Map<String, String> keys) implements Format {
    public JsonLines {
      keys = Map.copyOf(keys);
    }

    /** Columns have the names of keys, and lines that are no JSON are errors. */
    public JsonLines() {
      this(Malformed.REFUSED, Map.of());
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
   * Avro object container files. Each says its own schema; columns are found by name. They are
   * written with deflate.
   */
  record Avro() implements Format {
    @Override
    public String extension() {
      return "avro";
    }
  }

  /**
   * ORC files. They are written with ZLIB.
   *
   * @param access how a column is found in a file; Athena's {@code orc.column.index.access}
   */
  record Orc(ColumnAccess access) implements Format {
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
      implements Format {
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
   * does not have are NULL, and so is a value that is none of its column's type. They are read and
   * not written here.
   *
   * @param fields between values
   * @param elements between the elements of an array, the entries of a map, the fields of a struct
   * @param keys between a key of a map and its value
   * @param escape before a character that stands for itself
   * @param nulls the text that is NULL
   * @param headerLines how many lines are passed over at the beginning of a file
   */
  record Delimited(
      char fields,
      char elements,
      char keys,
      Optional<Character> escape,
      String nulls,
      int headerLines)
      implements Format {
    public Delimited {
      Set<Character> all = new HashSet<>(List.of('\n', '\r'));
      List<Character> given = new ArrayList<>(List.of(fields, elements, keys));
      escape.ifPresent(given::add);
      if (!given.stream().allMatch(all::add)) {
        throw new InvalidDefinitionException(
            "define",
            Subject.option("delimiter"),
            "delimiters and the escape must differ and cannot be line breaks");
      }
      requireLines(headerLines);
    }

    public Delimited delimitedBy(char other) {
      return new Delimited(other, elements, keys, escape, nulls, headerLines);
    }

    public Delimited escapedBy(char other) {
      return new Delimited(fields, elements, keys, Optional.of(other), nulls, headerLines);
    }

    public Delimited nullAs(String other) {
      return new Delimited(fields, elements, keys, escape, other, headerLines);
    }

    public Delimited skippingLines(int lines) {
      return new Delimited(fields, elements, keys, escape, nulls, lines);
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
  record Regex(String pattern, LetterCase letters, int headerLines) implements Format {
    /** Files without a header. */
    public Regex(String pattern, LetterCase letters) {
      this(pattern, letters, 0);
    }

    public Regex {
      requireLines(headerLines);
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
   * @param headerLines how many lines are passed over at the beginning of a file
   */
  record Grok(String pattern, String customPatterns, int headerLines) implements Format {
    public Grok {
      requireLines(headerLines);
    }

    /** Files without a header. */
    public Grok(String pattern, String customPatterns) {
      this(pattern, customPatterns, 0);
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

  /** How a column is found in a file. */
  enum ColumnAccess {
    BY_NAME,
    BY_INDEX
  }

  /** What becomes of a line, or of a value, that is not what it should be. */
  enum Malformed {
    /** It is an error. */
    REFUSED,
    /** A line is a row of NULLs, and a value is NULL. */
    NULLS
  }

  /** What becomes of a value that does not fit its column. */
  enum Overflow {
    /** It is an error. */
    REFUSED,
    /** Bits and characters that have no room are dropped. */
    CUT
  }

  /** What becomes of a file that is damaged from some place on. */
  enum Damage {
    /** It is an error. */
    REFUSED,
    /** What is before that place is read. */
    PASSED_OVER
  }

  /** Whether upper and lower case differ. */
  enum LetterCase {
    EXACT,
    IGNORED
  }

  /** How many lines are passed over at the beginning of each file. */
  default int skippedLines() {
    if (this instanceof Csv csv) {
      return csv.header() == Header.PRESENT ? 1 : 0;
    } else if (this instanceof OpenCsv csv) {
      return csv.headerLines();
    } else if (this instanceof Delimited delimited) {
      return delimited.headerLines();
    } else if (this instanceof Regex regex) {
      return regex.headerLines();
    }
    return this instanceof Grok grok ? grok.headerLines() : 0;
  }

  private static void requireLines(int headerLines) {
    if (headerLines < 0) {
      throw new InvalidDefinitionException(
          "define", Subject.option("headerLines"), "it is less than 0");
    }
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
