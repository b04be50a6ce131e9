package io.lakesdk.query.statement.hive;

import io.lakesdk.Format;
import io.lakesdk.catalog.definition.CsvProperties;
import io.lakesdk.catalog.definition.IonProperties;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.files.ion.IonPath;
import io.lakesdk.query.sql.SqlErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Which SerDe and which files of Hive's DDL are which format of the lake: the one place that says
 * so. Sources: "Choose a SerDe for your data" and "CREATE TABLE" in the Athena user guide.
 */
final class HiveFormats {

  private static final String HIVE = "org.apache.hadoop.hive.";
  private static final String PARQUET = HIVE + "ql.io.parquet.serde.ParquetHiveSerDe";
  private static final String LAZY_SIMPLE = HIVE + "serde2.lazy.LazySimpleSerDe";
  private static final String OPEN_CSV = CsvProperties.SERDE;
  private static final String OPENX_JSON = "org.openx.data.jsonserde.JsonSerDe";
  private static final String HIVE_JSON = "org.apache.hive.hcatalog.data.JsonSerDe";
  private static final String AVRO = HIVE + "serde2.avro.AvroSerDe";
  private static final String ORC = HIVE + "ql.io.orc.OrcSerde";
  private static final String REGEX = HIVE + "serde2.RegexSerDe";
  private static final String GROK = "com.amazonaws.glue.serde.GrokSerDe";

  private static final String TRAIL_SERDE = "com.amazon.emr.hive.serde.CloudTrailSerde";
  private static final String TRAIL_INPUT = "com.amazon.emr.cloudtrail.CloudTrailInputFormat";

  /** What files are, as STORED AS says. */
  private enum Files {
    PARQUET,
    AVRO,
    ORC,
    ION,
    TEXT
  }

  /** How a SerDe's properties, and those of the table, become a format. */
  private record SerDe(Files files, BiFunction<Settings, Settings, Format> format) {}

  private static final Map<String, SerDe> SERDES =
      Map.ofEntries(
          entry(PARQUET, Files.PARQUET, HiveFormats::parquet),
          entry("parquet.hive.serde.ParquetHiveSerDe", Files.PARQUET, HiveFormats::parquet),
          entry(AVRO, Files.AVRO, HiveFormats::avro),
          entry(ORC, Files.ORC, HiveFormats::orc),
          entry(IonProperties.SERDE, Files.ION, HiveFormats::ion),
          entry(LAZY_SIMPLE, Files.TEXT, HiveFormats::lazySimple),
          entry(OPEN_CSV, Files.TEXT, HiveFormats::openCsv),
          entry(OPENX_JSON, Files.TEXT, HiveFormats::openxJson),
          entry(HIVE_JSON, Files.TEXT, HiveFormats::hiveJson),
          entry("org.apache.hadoop.hive.serde2.JsonSerDe", Files.TEXT, HiveFormats::hiveJson),
          entry(REGEX, Files.TEXT, HiveFormats::regex),
          entry(HIVE + "contrib.serde2.RegexSerDe", Files.TEXT, HiveFormats::regex),
          entry(GROK, Files.TEXT, HiveFormats::grok));

  /** The SerDe of STORED AS where no ROW FORMAT says another. */
  private static final Map<String, String> STORED_AS =
      Map.of(
          "PARQUET",
          PARQUET,
          "AVRO",
          AVRO,
          "ORC",
          ORC,
          "ION",
          IonProperties.SERDE,
          "TEXTFILE",
          LAZY_SIMPLE,
          "JSONFILE",
          HIVE_JSON);

  private static final Map<String, Files> CLASSES =
      Map.ofEntries(
          Map.entry(HIVE + "ql.io.parquet.MapredParquetInputFormat", Files.PARQUET),
          Map.entry(HIVE + "ql.io.parquet.MapredParquetOutputFormat", Files.PARQUET),
          Map.entry("parquet.hive.DeprecatedParquetInputFormat", Files.PARQUET),
          Map.entry("parquet.hive.DeprecatedParquetOutputFormat", Files.PARQUET),
          Map.entry(HIVE + "ql.io.avro.AvroContainerInputFormat", Files.AVRO),
          Map.entry(HIVE + "ql.io.avro.AvroContainerOutputFormat", Files.AVRO),
          Map.entry(HIVE + "ql.io.orc.OrcInputFormat", Files.ORC),
          Map.entry(HIVE + "ql.io.orc.OrcOutputFormat", Files.ORC),
          Map.entry(IonProperties.INPUT, Files.ION),
          Map.entry(IonProperties.OUTPUT, Files.ION),
          Map.entry("org.apache.hadoop.mapred.TextInputFormat", Files.TEXT),
          Map.entry(HIVE + "ql.io.HiveIgnoreKeyTextOutputFormat", Files.TEXT),
          Map.entry(HIVE + "ql.io.IgnoreKeyTextOutputFormat", Files.TEXT));

  /** The properties that say how files are compressed when they are written. */
  private static final List<String> COMPRESSIONS =
      List.of("write.compression", "parquet.compress", "parquet.compression", "orc.compress");

  private HiveFormats() {}

  private static Map.Entry<String, SerDe> entry(
      String name, Files files, BiFunction<Settings, Settings, Format> format) {
    return Map.entry(name, new SerDe(files, format));
  }

  /**
   * What a statement says of a table's files.
   *
   * @param serde the class after ROW FORMAT SERDE, or LazySimpleSerDe for DELIMITED
   * @param serdeProperties WITH SERDEPROPERTIES, or what DELIMITED says in their words
   * @param storedAs the word after STORED AS
   * @param classes those after INPUTFORMAT and OUTPUTFORMAT
   */
  record Storage(
      Optional<String> serde,
      Map<String, String> serdeProperties,
      Optional<String> storedAs,
      List<String> classes) {}

  /** What ROW FORMAT DELIMITED stands for. */
  static String delimited() {
    return LAZY_SIMPLE;
  }

  /**
   * The format of a new table's files.
   *
   * @param table TBLPROPERTIES, of which those that tell of the format are taken
   * @throws InvalidDefinitionException naming what is not supported
   */
  static Format of(Storage storage, Settings table) {
    if (storage.classes().contains(TRAIL_INPUT)) {
      return cloudTrail(storage, table);
    }
    Optional<String> stored = storage.storedAs().map(HiveFormats::storedAs);
    String name = storage.serde().or(() -> stored).orElse(LAZY_SIMPLE);
    SerDe serde = serde(name);
    Files files = stored.map(usual -> serde(usual).files()).orElseGet(() -> files(storage));
    if (files != serde.files()) {
      throw SqlErrors.refuse("the SerDe " + name + " does not read files that are " + files);
    }
    Settings properties = new Settings("SERDEPROPERTIES", storage.serdeProperties());
    Format format = serde.format().apply(properties, table);
    properties.requireNoneLeft();
    return format;
  }

  /** Its input format takes records out of objects; the SerDe only sees those. */
  private static Format cloudTrail(Storage storage, Settings table) {
    uncompressed(table);
    String name = storage.serde().orElse(TRAIL_SERDE);
    if (!Set.of(TRAIL_SERDE, HIVE_JSON, OPENX_JSON).contains(name)) {
      throw SqlErrors.refuse("the SerDe " + name + " does not read the logs of CloudTrail");
    }
    Settings properties = new Settings("SERDEPROPERTIES", storage.serdeProperties());
    properties.take("serialization.format");
    properties.requireNoneLeft();
    return Format.CLOUD_TRAIL;
  }

  /** Athena has no SerDe of XML, and takes none of others. */
  private static void refuseXml(String name) {
    if (name.toLowerCase(Locale.ROOT).contains("xml")) {
      throw SqlErrors.refuse(
          "Athena reads no XML, and the embedded engine likewise; make Parquet or JSON Lines of it");
    }
  }

  private static String storedAs(String word) {
    refuseXml(word);
    String serde = STORED_AS.get(word.toUpperCase(Locale.ROOT));
    if (serde == null) {
      throw SqlErrors.refuse(
          "STORED AS "
              + word.toUpperCase(Locale.ROOT)
              + " is not supported; supported are "
              + listed(STORED_AS.keySet()));
    }
    return serde;
  }

  private static SerDe serde(String name) {
    refuseXml(name);
    if (name.equals(TRAIL_SERDE)) {
      throw SqlErrors.refuse(
          "the SerDe " + name + " goes with STORED AS INPUTFORMAT '" + TRAIL_INPUT + "'");
    }
    SerDe serde = SERDES.get(name);
    if (serde == null) {
      throw SqlErrors.refuse(
          "the SerDe " + name + " is not supported; supported are " + listed(SERDES.keySet()));
    }
    return serde;
  }

  private static Files files(Storage storage) {
    Set<Files> all = new TreeSet<>();
    for (String name : storage.classes()) {
      refuseXml(name);
      Files files = CLASSES.get(name);
      if (files == null) {
        throw SqlErrors.refuse("the file format " + name + " is not supported");
      }
      all.add(files);
    }
    if (all.size() > 1) {
      throw SqlErrors.refuse("INPUTFORMAT and OUTPUTFORMAT are of different file formats");
    }
    return all.isEmpty() ? Files.TEXT : all.iterator().next();
  }

  private static String listed(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private static Format parquet(Settings serde, Settings table) {
    serde.only("serialization.format", Set.of("1"));
    return compressed(Format.parquet(Format.Compression.GZIP), table);
  }

  /** With the compression that the table says, or that which it has. */
  private static Format compressed(Format usual, Settings table) {
    Format format = usual;
    for (String name : COMPRESSIONS) {
      boolean known =
          name.startsWith("write.")
              || (name.startsWith("parquet.") && usual instanceof Format.Parquet)
              || (name.startsWith("orc.") && usual instanceof Format.Orc);
      Optional<String> text = known ? table.take(name) : Optional.empty();
      if (text.isPresent()) {
        format = compressed(format, name, text.get(), table);
      }
    }
    return format;
  }

  private static Format compressed(Format format, String name, String text, Settings table) {
    String codec = text.strip().toUpperCase(Locale.ROOT);
    try {
      return format.compressedWith(
          Format.Compression.valueOf(codec.equals("UNCOMPRESSED") ? "NONE" : codec));
    } catch (IllegalArgumentException | InvalidDefinitionException notOfTheFormat) {
      throw table.wrong(name, "a compression that files of the format are written with");
    }
  }

  /** Athena compresses text with gzip unless told otherwise. */
  private static Format textCompressed(Format text, Settings table) {
    return compressed(text.compressedWith(Format.Compression.GZIP), table);
  }

  private static Format avro(Settings serde, Settings table) {
    return compressed(Format.AVRO, table);
  }

  private static Format orc(Settings serde, Settings table) {
    serde.take("serialization.format");
    Optional<String> byIndex = serde.take("orc.column.index.access");
    return compressed(
        new Format.Orc(
            byIndex.filter("false"::equalsIgnoreCase).isPresent()
                ? Format.ColumnAccess.BY_NAME
                : Format.ColumnAccess.BY_INDEX),
        table);
  }

  private static Format ion(Settings serde, Settings table) {
    uncompressed(table);
    serde.take("serialization.format");
    Map<String, String> properties = serde.takeIf(IonProperties::isKnown);
    Format.Ion format = IonProperties.format(properties);
    format
        .paths()
        .forEach(
            (column, path) -> {
              if (!IonPath.isPath(path)) {
                throw serde.wrong(
                    IonProperties.path(column), "a search path such as (address street)");
              }
            });
    return format;
  }

  private static Format lazySimple(Settings serde, Settings table) {
    serde.take("serialization.format");
    serde.only("line.delim", Set.of("", "\n"));
    Optional<String> escape = serde.take("escape.delim");
    return textCompressed(
        new Format.Delimited(
            character("field.delim", serde, '\u0001'),
            character("collection.delim", serde, '\u0002'),
            character("mapkey.delim", serde, '\u0003'),
            escape.map(text -> one("escape.delim", text, serde)),
            serde.take("serialization.null.format").orElse("\\N"),
            headerLines(table),
            Format.Compression.NONE),
        table);
  }

  private static int headerLines(Settings table) {
    table.only("skip.footer.line.count", Set.of("0"));
    return headerLines(table, 0);
  }

  private static int headerLines(Settings table, int otherwise) {
    String lines = table.take(CsvProperties.HEADER_LINES).orElse(String.valueOf(otherwise)).strip();
    if (!lines.matches("\\d{1,6}")) {
      throw table.wrong(CsvProperties.HEADER_LINES, "a number of lines");
    }
    return Integer.parseInt(lines);
  }

  private static Format regex(Settings serde, Settings table) {
    uncompressed(table);
    serde.take("serialization.format");
    // Hive prints with it, and nothing is printed here.
    serde.take("output.format.string");
    String pattern =
        serde
            .take("input.regex")
            .orElseThrow(() -> serde.wrong("input.regex", "a regular expression"));
    boolean ignored =
        serde.take("input.regex.case.insensitive").filter("true"::equalsIgnoreCase).isPresent();
    return new Format.Regex(
        pattern, ignored ? Format.LetterCase.IGNORED : Format.LetterCase.EXACT, headerLines(table));
  }

  private static Format grok(Settings serde, Settings table) {
    uncompressed(table);
    serde.take("serialization.format");
    return new Format.Grok(
        serde.take("input.format").orElseThrow(() -> serde.wrong("input.format", "a pattern")),
        serde.take("input.grokCustomPatterns").orElse(""),
        headerLines(table));
  }

  private static Format openCsv(Settings serde, Settings table) {
    serde.take("serialization.format");
    Map<String, String> properties = new HashMap<>();
    for (String name :
        List.of(CsvProperties.SEPARATOR, CsvProperties.QUOTE, CsvProperties.ESCAPE)) {
      Optional<String> character = serde.take(name);
      character.ifPresent(text -> properties.put(name, "" + one(name, text, serde)));
    }
    nulls(table).ifPresent(nulls -> properties.put(CsvProperties.NULLS, nulls));
    int lines = headerLines(table);
    boolean plain = CsvProperties.isPlain(properties);
    if (plain && lines > 1) {
      throw table.wrong(CsvProperties.HEADER_LINES, "0 or 1");
    }
    Format format =
        CsvProperties.format(properties, lines)
            .orElseThrow(
                () ->
                    SqlErrors.refuse(
                        "separatorChar, quoteChar and escapeChar in SERDEPROPERTIES do not differ,"
                            + " or are line breaks"));
    if (plain) {
      return textCompressed(format, table);
    }
    uncompressed(table);
    return format;
  }

  private static Optional<String> nulls(Settings table) {
    return table.take(CsvProperties.NULLS).map(nulls -> nulls.strip().toLowerCase(Locale.ROOT));
  }

  private static char character(String name, Settings serde, char otherwise) {
    return one(name, serde.take(name).orElse(String.valueOf(otherwise)), serde);
  }

  private static char one(String name, String text, Settings serde) {
    if (text.length() != 1) {
      throw serde.wrong(name, "one character");
    }
    return text.charAt(0);
  }

  private static Format openxJson(Settings serde, Settings table) {
    serde.only("case.insensitive", Set.of("true"));
    boolean dots = false;
    for (String name : List.of("dots.in.keys", "ConvertDotsInJsonKeysToUnderscores")) {
      dots |= serde.take(name).filter("true"::equalsIgnoreCase).isPresent();
    }
    // A crawler of Glue lists the columns here, which the statement has.
    serde.take("paths");
    Format.JsonLines lines = (Format.JsonLines) hiveJson(serde, table);
    return new Format.JsonLines(
        lines.malformed(),
        serde.takeAll("mapping."),
        dots ? Format.Dots.UNDERSCORES : Format.Dots.KEPT,
        lines.compression());
  }

  private static Format hiveJson(Settings serde, Settings table) {
    serde.take("serialization.format");
    boolean nulls =
        serde.take("ignore.malformed.json").filter("true"::equalsIgnoreCase).isPresent();
    return textCompressed(
        new Format.JsonLines(nulls ? Format.Malformed.NULLS : Format.Malformed.REFUSED, Map.of()),
        table);
  }

  private static void uncompressed(Settings table) {
    table.only("write.compression", Set.of("none"));
  }

  /**
   * What SET TBLPROPERTIES makes of a table's format.
   *
   * @param table of which those that tell of the format are taken
   */
  static Format changed(Format before, Settings table) {
    return changedLines(compressed(before, table), table);
  }

  private static Format changedLines(Format before, Settings table) {
    if (before instanceof Format.Csv csv) {
      Format.Header header =
          switch (headerLines(table, CsvProperties.headerLines(csv))) {
            case 0 -> Format.Header.ABSENT;
            case 1 -> Format.Header.PRESENT;
            default -> throw table.wrong(CsvProperties.HEADER_LINES, "0 or 1");
          };
      return new Format.Csv(csv.delimiter(), csv.quote(), header, csv.compression());
    }
    if (before instanceof Format.OpenCsv csv) {
      Map<String, String> properties = new HashMap<>(CsvProperties.of(csv));
      properties.putAll(CsvProperties.ofTable(csv));
      nulls(table).ifPresent(nulls -> properties.put(CsvProperties.NULLS, nulls));
      return CsvProperties.format(properties, headerLines(table, csv.headerLines())).orElse(csv);
    }
    if (before instanceof Format.Delimited delimited) {
      return delimited.skippingLines(headerLines(table, delimited.headerLines()));
    }
    if (before instanceof Format.Regex regex) {
      int lines = headerLines(table, regex.headerLines());
      return new Format.Regex(regex.pattern(), regex.letters(), lines);
    }
    if (before instanceof Format.Grok grok) {
      int lines = headerLines(table, grok.headerLines());
      return new Format.Grok(grok.pattern(), grok.customPatterns(), lines);
    }
    return before;
  }

  /** How Glue classifies files of a format. */
  static String classification(Format format) {
    if (format instanceof Format.Csv
        || format instanceof Format.OpenCsv
        || format instanceof Format.Delimited) {
      return "csv";
    }
    if (format instanceof Format.JsonLines || format instanceof Format.Json) {
      return "json";
    }
    return format.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
