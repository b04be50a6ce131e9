package io.lakesdk.catalog.aws;

import io.lakesdk.Format;
import io.lakesdk.catalog.definition.CsvProperties;
import io.lakesdk.catalog.definition.IonProperties;
import io.lakesdk.catalog.definition.StoredDefinition;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.VarcharType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Which SerDe, and which parameters of a table, stand for which format. Sources: "Choose a SerDe
 * for your data" and the pages of the SerDes in the Athena User Guide.
 *
 * <p>CSV is read by LazySimpleSerDe where no column is text: nothing is quoted then, and it knows
 * numbers, dates, timestamps and empty values as NULL. Where a column is text, values may be
 * quoted, which only OpenCSVSerde reads; it takes no empty numbers, and dates and timestamps as
 * numbers alone, so that all columns of such a table are strings to others.
 */
final class SerDes {

  static final String CLASSIFICATION = "classification";
  static final String HEADER_LINES = CsvProperties.HEADER_LINES;

  private static final String COMPRESSION = "parquet.compression";
  private static final String WRITE_COMPRESSION = "write.compression";
  private static final String ORC_COMPRESSION = "orc.compress";
  private static final String JSON_KIND = "lake.json";
  private static final String WHOLE_FILES = "file";
  private static final String QUOTE = CsvProperties.QUOTE;
  private static final String FIELD_DELIMITER = "field.delim";
  private static final String HIVE = "org.apache.hadoop.hive.";
  private static final String PARQUET = HIVE + "ql.io.parquet.serde.ParquetHiveSerDe";
  private static final String OPEN_CSV = CsvProperties.SERDE;
  private static final String LAZY_SIMPLE = HIVE + "serde2.lazy.LazySimpleSerDe";
  private static final String OPENX_JSON = "org.openx.data.jsonserde.JsonSerDe";
  private static final String HIVE_JSON = "org.apache.hive.hcatalog.data.JsonSerDe";
  private static final String ORC = HIVE + "ql.io.orc.OrcSerde";
  private static final String AVRO = HIVE + "serde2.avro.AvroSerDe";
  private static final String SERIALIZATION = "serialization.format";
  private static final String IGNORES_MALFORMED = "ignore.malformed.json";
  private static final String MAPPING = "mapping.";
  private static final String DOTS = "dots.in.keys";
  private static final String ELEMENT_DELIMITER = "colelction.delim";
  private static final String KEY_DELIMITER = "mapkey.delim";
  private static final String ESCAPE_DELIMITER = "escape.delim";
  private static final String NULLS = "serialization.null.format";
  private static final String REGEX = HIVE + "serde2.RegexSerDe";
  private static final String GROK = "com.amazonaws.glue.serde.GrokSerDe";
  private static final String BY_INDEX = "orc.column.index.access";
  private static final String PATTERN = "input.regex";
  private static final String IGNORES_CASE = "input.regex.case.insensitive";
  private static final String GROK_PATTERN = "input.format";
  private static final String GROK_CUSTOM = "input.grokCustomPatterns";
  private static final String TEXT_IN = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TRAIL_IN = "com.amazon.emr.cloudtrail.CloudTrailInputFormat";
  private static final String TEXT_OUT = HIVE + "ql.io.HiveIgnoreKeyTextOutputFormat";

  private SerDes() {}

  /**
   * How Glue describes files.
   *
   * @param table parameters of the table
   */
  record Form(
      String classification,
      String input,
      String output,
      String serDe,
      Map<String, String> serDeParameters,
      Map<String, String> table) {

    /** Whether there is a SerDe for it. */
    boolean isKnown() {
      return !serDe.isEmpty();
    }

    /** Whether the SerDe makes strings of all columns, whatever their types. */
    boolean isAllText() {
      return serDe.equals(OPEN_CSV) && CsvProperties.isPlain(serDeParameters);
    }

    /** The same with one more parameter of the SerDe. */
    Form with(String name, String value) {
      Map<String, String> more = new HashMap<>(serDeParameters);
      more.put(name, value);
      return new Form(classification, input, output, serDe, more, table);
    }

    /** The same with one more parameter of the table. */
    Form compressed(String name, String value) {
      Map<String, String> more = new HashMap<>(table);
      more.put(name, value);
      return new Form(classification, input, output, serDe, serDeParameters, more);
    }

    /** The descriptor with this SerDe, and all else as it was. */
    StorageDescriptor.Builder on(StorageDescriptor.Builder before) {
      return before
          .inputFormat(input)
          .outputFormat(output)
          .serdeInfo(
              SerDeInfo.builder().serializationLibrary(serDe).parameters(serDeParameters).build());
    }
  }

  static Form of(Format format, Schema schema) {
    Form form = plain(format, schema);
    boolean usual =
        format instanceof Format.Parquet
            || format.compression() == StoredDefinition.usualCompression(format);
    return usual ? form : form.compressed(key(format), format.compression().name());
  }

  private static String key(Format format) {
    return format instanceof Format.Orc ? ORC_COMPRESSION : WRITE_COMPRESSION;
  }

  private static Form plain(Format format, Schema schema) {
    if (format instanceof Format.Csv csv) {
      return csv(csv, schema);
    }
    if (format instanceof Format.Parquet parquet) {
      return form(
          "parquet",
          "ql.io.parquet.MapredParquet",
          PARQUET,
          Map.of(COMPRESSION, compression(parquet.compression())));
    }
    if (format instanceof Format.Other other) {
      return new Form(other.name(), "", "", "", Map.of(), Map.of());
    }
    if (format instanceof Format.CloudTrail) {
      return new Form("cloudtrail", TRAIL_IN, TEXT_OUT, HIVE_JSON, Map.of(), Map.of());
    }
    if (format instanceof Format.Avro) {
      return form("avro", "ql.io.avro.AvroContainer", AVRO, Map.of());
    }
    if (format instanceof Format.Orc orc) {
      return form("orc", "ql.io.orc.Orc", ORC, Map.of())
          .with(BY_INDEX, String.valueOf(orc.access() == Format.ColumnAccess.BY_INDEX));
    }
    if (format instanceof Format.Ion ion) {
      return new Form(
          "ion",
          IonProperties.INPUT,
          IonProperties.OUTPUT,
          IonProperties.SERDE,
          IonProperties.of(ion),
          Map.of());
    }
    if (format instanceof Format.Delimited text) {
      return delimited(text);
    }
    if (format instanceof Format.OpenCsv csv) {
      return text("csv", OPEN_CSV, CsvProperties.of(csv), CsvProperties.ofTable(csv));
    }
    if (format instanceof Format.Regex regex) {
      Map<String, String> settings = Map.of(PATTERN, regex.pattern());
      return text("regex", REGEX, settings, CsvProperties.ofTable(regex))
          .with(IGNORES_CASE, String.valueOf(regex.letters() == Format.LetterCase.IGNORED));
    }
    if (format instanceof Format.Grok grok) {
      Map<String, String> settings = Map.of(GROK_PATTERN, grok.pattern());
      Form form = text("grok", GROK, settings, CsvProperties.ofTable(grok));
      return grok.customPatterns().isEmpty() ? form : form.with(GROK_CUSTOM, grok.customPatterns());
    }
    Map<String, String> serDe = new HashMap<>(Map.of(SERIALIZATION, "1"));
    if (format instanceof Format.JsonLines lines) {
      if (lines.malformed() == Format.Malformed.NULLS) {
        serDe.put(IGNORES_MALFORMED, "true");
      }
      if (lines.dots() == Format.Dots.UNDERSCORES) {
        serDe.put(DOTS, "true");
      }
      lines.keys().forEach((column, key) -> serDe.put(MAPPING + column, key));
    }
    return text(
        "json",
        OPENX_JSON,
        serDe,
        format instanceof Format.Json ? Map.of(JSON_KIND, WHOLE_FILES) : Map.of());
  }

  private static Form csv(Format.Csv csv, Schema schema) {
    Map<String, String> serDe = new HashMap<>();
    boolean quoted = schema.columns().stream().anyMatch(column -> isText(column.type()));
    if (quoted) {
      serDe.putAll(CsvProperties.of(csv));
    } else {
      serDe.put(QUOTE, String.valueOf(csv.quote()));
      serDe.put(FIELD_DELIMITER, String.valueOf(csv.delimiter()));
      serDe.put("serialization.format", String.valueOf(csv.delimiter()));
      serDe.put(NULLS, "");
    }
    return text("csv", quoted ? OPEN_CSV : LAZY_SIMPLE, serDe, CsvProperties.ofTable(csv));
  }

  private static boolean isText(Object type) {
    return type == Primitive.STRING || type instanceof VarcharType || type instanceof CharType;
  }

  private static Form form(
      String classification, String formats, String serDe, Map<String, String> table) {
    return new Form(
        classification,
        HIVE + formats + "InputFormat",
        HIVE + formats + "OutputFormat",
        serDe,
        Map.of("serialization.format", "1"),
        table);
  }

  private static Form text(
      String classification,
      String serDe,
      Map<String, String> serDeParameters,
      Map<String, String> table) {
    return new Form(classification, TEXT_IN, TEXT_OUT, serDe, serDeParameters, table);
  }

  private static String compression(Format.Compression compression) {
    return compression == Format.Compression.NONE ? "UNCOMPRESSED" : compression.name();
  }

  /** {@link Form#isAllText} of a table's SerDe. */
  static boolean isAllText(Table table) {
    return library(table).equals(OPEN_CSV)
        && CsvProperties.isPlain(table.storageDescriptor().serdeInfo().parameters());
  }

  private static String library(Table table) {
    SerDeInfo serDe = table.storageDescriptor().serdeInfo();
    return serDe == null || serDe.serializationLibrary() == null
        ? ""
        : serDe.serializationLibrary();
  }

  /** The format that a table's SerDe and parameters say. */
  static Format format(Table table) {
    Format format = plainFormat(table);
    String name = table.parameters().get(key(format));
    if (name == null || format instanceof Format.Parquet) {
      return format;
    }
    try {
      String known = name.equalsIgnoreCase("UNCOMPRESSED") ? "NONE" : name;
      return format.compressedWith(
          Format.Compression.valueOf(known.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException | InvalidDefinitionException notWrittenHere) {
      return format;
    }
  }

  private static Format plainFormat(Table table) {
    SerDeInfo serDe = table.storageDescriptor().serdeInfo();
    String library = library(table);
    Map<String, String> all = new HashMap<>(table.parameters());
    if (serDe != null) {
      all.putAll(serDe.parameters());
    }
    if (TRAIL_IN.equals(table.storageDescriptor().inputFormat())) {
      return Format.CLOUD_TRAIL;
    }
    return switch (library) {
      case PARQUET, "parquet.hive.serde.ParquetHiveSerDe" -> Format.parquet(compression(all));
      case OPEN_CSV -> openCsv(all);
      case LAZY_SIMPLE ->
          all.containsKey(QUOTE)
              ? csv(all, all.getOrDefault(FIELD_DELIMITER, "\u0001"))
              : delimited(all);
      case OPENX_JSON, HIVE_JSON ->
          WHOLE_FILES.equals(all.get(JSON_KIND)) ? Format.JSON : jsonLines(all);
      case ORC ->
          new Format.Orc(
              "false".equalsIgnoreCase(all.get(BY_INDEX))
                  ? Format.ColumnAccess.BY_NAME
                  : Format.ColumnAccess.BY_INDEX);
      case AVRO -> Format.AVRO;
      case IonProperties.SERDE -> IonProperties.format(all);
      case REGEX, "org.apache.hadoop.hive.contrib.serde2.RegexSerDe" -> regex(all);
      case GROK ->
          all.containsKey(GROK_PATTERN) && headerLines(all).isPresent()
              ? new Format.Grok(
                  all.get(GROK_PATTERN),
                  all.getOrDefault(GROK_CUSTOM, ""),
                  headerLines(all).getAsInt())
              : Format.other("grok");
      default -> Format.other(Optional.ofNullable(all.get(CLASSIFICATION)).orElse(named(library)));
    };
  }

  private static Format jsonLines(Map<String, String> parameters) {
    Map<String, String> keys = new HashMap<>();
    parameters.forEach(
        (name, key) -> {
          if (name.startsWith(MAPPING)) {
            keys.put(name.substring(MAPPING.length()).toLowerCase(Locale.ROOT), key);
          }
        });
    boolean ignored = "true".equalsIgnoreCase(parameters.get(IGNORES_MALFORMED));
    boolean dots =
        "true".equalsIgnoreCase(parameters.get(DOTS))
            || "true".equalsIgnoreCase(parameters.get("ConvertDotsInJsonKeysToUnderscores"));
    return new Format.JsonLines(
        ignored ? Format.Malformed.NULLS : Format.Malformed.REFUSED,
        keys,
        dots ? Format.Dots.UNDERSCORES : Format.Dots.KEPT,
        Format.Compression.NONE);
  }

  private static Form delimited(Format.Delimited text) {
    Map<String, String> serDe = new HashMap<>();
    serDe.put(FIELD_DELIMITER, String.valueOf(text.fields()));
    serDe.put(SERIALIZATION, String.valueOf(text.fields()));
    serDe.put(ELEMENT_DELIMITER, String.valueOf(text.elements()));
    serDe.put(KEY_DELIMITER, String.valueOf(text.keys()));
    serDe.put(NULLS, text.nulls());
    text.escape().ifPresent(escape -> serDe.put(ESCAPE_DELIMITER, String.valueOf(escape)));
    return text(
        "csv",
        LAZY_SIMPLE,
        serDe,
        text.headerLines() == 0
            ? Map.of()
            : Map.of(HEADER_LINES, String.valueOf(text.headerLines())));
  }

  /** Text of LazySimpleSerDe, unless delimiters are of several characters or the last lines go. */
  private static Format delimited(Map<String, String> parameters) {
    String fields = parameters.getOrDefault(FIELD_DELIMITER, parameters.get(SERIALIZATION));
    String elements =
        parameters.getOrDefault(ELEMENT_DELIMITER, parameters.get("collection.delim"));
    Optional<Character> escape = character(parameters.get(ESCAPE_DELIMITER), "");
    String footer = parameters.getOrDefault("skip.footer.line.count", "0");
    try {
      if (footer.equals("0")) {
        return new Format.Delimited(
            character(fields, "\u0001").orElseThrow(),
            character(elements, "\u0002").orElseThrow(),
            character(parameters.get(KEY_DELIMITER), "\u0003").orElseThrow(),
            escape,
            parameters.getOrDefault(NULLS, "\\N"),
            Integer.parseInt(parameters.getOrDefault(HEADER_LINES, "0")),
            Format.Compression.NONE);
      }
    } catch (NoSuchElementException | NumberFormatException | InvalidDefinitionException e) {
      // They are told apart by nothing that a reader could do.
      return Format.other("text");
    }
    return Format.other("text");
  }

  /** A delimiter as Hive reads it: a character, or its number. */
  private static Optional<Character> character(@Nullable String told, String otherwise) {
    String text = told == null || told.isEmpty() ? otherwise : told;
    if (text.length() == 1) {
      boolean isNumber = text.charAt(0) >= '0' && text.charAt(0) <= '9';
      return Optional.of(isNumber ? (char) (text.charAt(0) - '0') : text.charAt(0));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of((char) Byte.parseByte(text));
  }

  /** How many lines are passed over; empty if that is no number, or some at the end are. */
  private static OptionalInt headerLines(Map<String, String> parameters) {
    String lines = parameters.getOrDefault(HEADER_LINES, "0").strip();
    boolean known =
        lines.matches("\\d{1,6}")
            && parameters.getOrDefault("skip.footer.line.count", "0").equals("0");
    return known ? OptionalInt.of(Integer.parseInt(lines)) : OptionalInt.empty();
  }

  private static Format openCsv(Map<String, String> parameters) {
    OptionalInt lines = headerLines(parameters);
    return lines.isEmpty()
        ? Format.other("csv")
        : CsvProperties.format(parameters, lines.getAsInt()).orElse(Format.other("csv"));
  }

  /** Expressions that Java does not take are another format. */
  private static Format regex(Map<String, String> parameters) {
    String pattern = parameters.get(PATTERN);
    OptionalInt lines = headerLines(parameters);
    if (pattern == null || lines.isEmpty()) {
      return Format.other("regex");
    }
    boolean ignored = "true".equalsIgnoreCase(parameters.get(IGNORES_CASE));
    try {
      return new Format.Regex(
          pattern, ignored ? Format.LetterCase.IGNORED : Format.LetterCase.EXACT, lines.getAsInt());
    } catch (InvalidDefinitionException notOfJava) {
      return Format.other("regex");
    }
  }

  private static String named(String library) {
    String name = library.substring(library.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.isEmpty() ? "unknown" : name;
  }

  private static Format.Compression compression(Map<String, String> parameters) {
    return switch (parameters.getOrDefault(COMPRESSION, "").toUpperCase(Locale.ROOT)) {
      case "ZSTD" -> Format.Compression.ZSTD;
      case "GZIP" -> Format.Compression.GZIP;
      case "NONE", "UNCOMPRESSED" -> Format.Compression.NONE;
      default -> Format.Compression.SNAPPY;
    };
  }

  /** What a reader of CSV does not know, such as two lines of header, is another format to it. */
  private static Format csv(Map<String, String> parameters, String delimiter) {
    String quote = parameters.getOrDefault(QUOTE, "\"");
    String header = parameters.getOrDefault(HEADER_LINES, "0");
    boolean known =
        delimiter.length() == 1
            && quote.length() == 1
            && !delimiter.equals(quote)
            && (header.equals("0") || header.equals("1"))
            && parameters.getOrDefault("skip.footer.line.count", "0").equals("0");
    if (!known) {
      return Format.other("csv");
    }
    return new Format.Csv(
        delimiter.charAt(0),
        quote.charAt(0),
        header.equals("1") ? Format.Header.PRESENT : Format.Header.ABSENT);
  }
}
