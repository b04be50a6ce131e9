package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
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
   * Avro object container files. Each says its own schema; columns are found by name. They are read
   * and not written here.
   */
  record Avro() implements Format {
    @Override
    public String extension() {
      return "avro";
    }
  }

  /**
   * ORC files. They are read and not written here.
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
