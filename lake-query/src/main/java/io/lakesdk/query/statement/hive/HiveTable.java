package io.lakesdk.query.statement.hive;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.catalog.definition.CsvProperties;
import io.lakesdk.catalog.definition.IonProperties;
import io.lakesdk.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A dataset as Hive's DDL describes a table, in the form that Athena prints. */
public final class HiveTable {

  private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TEXT_OUTPUT =
      "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

  private final Lake lake;
  private final Dataset table;

  /**
   * @param table with the columns that are to be shown
   */
  public HiveTable(Lake lake, Dataset table) {
    this.lake = lake;
    this.table = table;
  }

  /** The classes that read and write the files of a format, and how they are set. */
  private record Classes(String serde, Map<String, String> settings, String input, String output) {}

  /**
   * What SHOW TBLPROPERTIES lists.
   *
   * @param changed when the definition was registered
   */
  public Map<String, String> properties(Instant changed) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("EXTERNAL", "TRUE");
    properties.putAll(own());
    properties.put("transient_lastDdlTime", String.valueOf(changed.getEpochSecond()));
    return properties;
  }

  private Map<String, String> own() {
    Map<String, String> properties = new LinkedHashMap<>();
    Format format = table.format();
    if (format instanceof Format.Parquet parquet) {
      properties.put("classification", "parquet");
      properties.put("parquet.compression", parquet.compression().name());
    } else {
      properties.put(
          "classification",
          format instanceof Format.Other other ? other.name() : HiveFormats.classification(format));
    }
    properties.putAll(CsvProperties.ofTable(format));
    if (format instanceof Format.Orc orc) {
      properties.put("orc.compress", orc.compression().name());
    } else if (isCompressed(format)) {
      properties.put("write.compression", format.compression().name());
    }
    properties.putAll(table.projection());
    return properties;
  }

  private static boolean isCompressed(Format format) {
    return format instanceof Format.Avro
        || format instanceof Format.Csv
        || format instanceof Format.JsonLines
        || format instanceof Format.Delimited;
  }

  /** The lines of a CREATE EXTERNAL TABLE. */
  public List<String> statement() {
    List<String> lines = new ArrayList<>();
    lines.add("CREATE EXTERNAL TABLE `" + table.id() + "`(");
    columns(table.schema().columns(), lines);
    table.description().ifPresent(text -> lines.add("COMMENT " + text(text)));
    if (table.isPartitioned()) {
      lines.add("PARTITIONED BY (");
      columns(table.partitions(), lines);
    }
    table.bucketing().ifPresent(bucketing -> buckets(bucketing, lines));
    classes().ifPresent(classes -> storage(classes, lines));
    lines.add("LOCATION");
    lines.add("  " + text(location()));
    lines.add("TBLPROPERTIES (");
    pairs(own(), lines);
    return lines;
  }

  private static void buckets(Bucketing bucketing, List<String> lines) {
    lines.add("CLUSTERED BY (");
    int left = bucketing.columns().size();
    for (String column : bucketing.columns()) {
      left--;
      lines.add("  `" + column.replace("`", "``") + "`" + (left == 0 ? ")" : ","));
    }
    lines.add("INTO " + bucketing.count() + " BUCKETS");
  }

  private static void storage(Classes classes, List<String> lines) {
    lines.add("ROW FORMAT SERDE");
    lines.add("  " + text(classes.serde()));
    if (!classes.settings().isEmpty()) {
      lines.add("WITH SERDEPROPERTIES (");
      pairs(classes.settings(), lines);
    }
    lines.add("STORED AS INPUTFORMAT");
    lines.add("  " + text(classes.input()));
    lines.add("OUTPUTFORMAT");
    lines.add("  " + text(classes.output()));
  }

  private static void columns(List<Column> columns, List<String> lines) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String description = column.description();
      lines.add(
          "  `"
              + column.name().replace("`", "``")
              + "` "
              + column.type()
              + (description == null ? "" : " COMMENT " + text(description))
              + (i + 1 < columns.size() ? "," : ")"));
    }
    if (columns.isEmpty()) {
      lines.add("  )");
    }
  }

  private static void pairs(Map<String, String> pairs, List<String> lines) {
    int left = pairs.size();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      left--;
      lines.add("  " + text(pair.getKey()) + "=" + text(pair.getValue()) + (left == 0 ? ")" : ","));
    }
  }

  private static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private String location() {
    return lake.backend() instanceof AwsBackend aws
        ? new AwsPlace(table.zone(), table.location()).uri(aws.settings())
        : "s3://" + table.zone() + "/" + table.location();
  }

  private Optional<Classes> classes() {
    Format format = table.format();
    if (format instanceof Format.Parquet) {
      String classes = "org.apache.hadoop.hive.ql.io.parquet.";
      return Optional.of(
          new Classes(
              classes + "serde.ParquetHiveSerDe",
              Map.of(),
              classes + "MapredParquetInputFormat",
              classes + "MapredParquetOutputFormat"));
    } else if (format instanceof Format.Csv csv) {
      return Optional.of(
          new Classes(CsvProperties.SERDE, CsvProperties.of(csv), TEXT_INPUT, TEXT_OUTPUT));
    } else if (format instanceof Format.OpenCsv csv) {
      return Optional.of(
          new Classes(CsvProperties.SERDE, CsvProperties.of(csv), TEXT_INPUT, TEXT_OUTPUT));
    } else if (format instanceof Format.CloudTrail) {
      return Optional.of(
          new Classes(
              "org.apache.hive.hcatalog.data.JsonSerDe",
              Map.of(),
              "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
              TEXT_OUTPUT));
    } else if (format instanceof Format.Avro) {
      String classes = "org.apache.hadoop.hive.ql.io.avro.AvroContainer";
      return Optional.of(
          new Classes(
              "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
              Map.of(),
              classes + "InputFormat",
              classes + "OutputFormat"));
    } else if (format instanceof Format.Orc orc) {
      String classes = "org.apache.hadoop.hive.ql.io.orc.Orc";
      boolean byIndex = orc.access() == Format.ColumnAccess.BY_INDEX;
      return Optional.of(
          new Classes(
              classes + "Serde",
              Map.of("orc.column.index.access", String.valueOf(byIndex)),
              classes + "InputFormat",
              classes + "OutputFormat"));
    } else if (format instanceof Format.Ion ion) {
      return Optional.of(
          new Classes(
              IonProperties.SERDE,
              IonProperties.of(ion),
              IonProperties.INPUT,
              IonProperties.OUTPUT));
    } else if (format instanceof Format.Delimited delimited) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("field.delim", String.valueOf(delimited.fields()));
      settings.put("colelction.delim", String.valueOf(delimited.elements()));
      settings.put("mapkey.delim", String.valueOf(delimited.keys()));
      delimited.escape().ifPresent(escape -> settings.put("escape.delim", "" + escape));
      settings.put("serialization.null.format", delimited.nulls());
      return Optional.of(
          new Classes(
              "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
              settings,
              TEXT_INPUT,
              TEXT_OUTPUT));
    } else if (format instanceof Format.Regex regex) {
      boolean ignored = regex.letters() == Format.LetterCase.IGNORED;
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("input.regex", regex.pattern());
      settings.put("input.regex.case.insensitive", String.valueOf(ignored));
      return Optional.of(
          new Classes(
              "org.apache.hadoop.hive.serde2.RegexSerDe", settings, TEXT_INPUT, TEXT_OUTPUT));
    } else if (format instanceof Format.Grok grok) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("input.format", grok.pattern());
      if (!grok.customPatterns().isEmpty()) {
        settings.put("input.grokCustomPatterns", grok.customPatterns());
      }
      return Optional.of(
          new Classes("com.amazonaws.glue.serde.GrokSerDe", settings, TEXT_INPUT, TEXT_OUTPUT));
    } else if (format instanceof Format.Other) {
      return Optional.empty();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    if (format instanceof Format.JsonLines lines) {
      if (lines.malformed() == Format.Malformed.NULLS) {
        settings.put("ignore.malformed.json", "true");
      }
      if (lines.dots() == Format.Dots.UNDERSCORES) {
        settings.put("dots.in.keys", "true");
      }
      new TreeMap<>(lines.keys()).forEach((column, key) -> settings.put("mapping." + column, key));
    }
    return Optional.of(
        new Classes("org.openx.data.jsonserde.JsonSerDe", settings, TEXT_INPUT, TEXT_OUTPUT));
  }
}
