package io.lakesdk.query.statement.write;

import io.lakesdk.AwsPlace;
import io.lakesdk.Bucketing;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.statement.table.Locations;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Property;
import io.trino.sql.tree.StringLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What WITH says of a new table. Source: "CTAS table properties" in "CREATE TABLE AS" of the Athena
 * user guide.
 *
 * @param zone where the table lives: that of its location, or CURATED
 * @param location its folder in the zone, if the statement says one
 * @param format of its files; Parquet compressed with gzip unless told otherwise, as in Athena
 * @param partitions the names of its partition keys, in lower case
 * @param bucketing how its rows are spread over files, if the statement says it
 */
public record TableProperties(
    Zone zone,
    Optional<String> location,
    Format format,
    List<String> partitions,
    Optional<Bucketing> bucketing) {

  /** Where tables go that say no location. */
  public static final Zone DEFAULT_ZONE = Zone.CURATED;

  private static final int MOST_BUCKETS = 100_000;

  private static final Set<String> KNOWN =
      Set.of(
          "table_type",
          "is_external",
          "external_location",
          "format",
          "write_compression",
          "parquet_compression",
          "orc_compression",
          "field_delimiter",
          "partitioned_by",
          "bucketed_by",
          "bucket_count");

  public TableProperties {
    partitions = List.copyOf(partitions);
  }

  /**
   * Reads the properties.
   *
   * @throws InvalidDefinitionException naming the property that is wrong or not supported
   */
  public static TableProperties read(List<Property> properties, Lake lake) {
    Map<String, Property> byName = new HashMap<>();
    for (Property property : properties) {
      String name = property.getName().getValue().toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name) || property.isSetToDefault()) {
        throw Refusal.unsupported(property, "the table property " + name);
      }
      if (byName.put(name, property) != null) {
        throw Refusal.at(property, "the table property %s is given twice", name);
      }
    }
    text(byName, "table_type")
        .ifPresent(type -> require(type.equals("HIVE"), byName, "table_type"));
    Optional.ofNullable(byName.get("is_external"))
        .ifPresent(
            property ->
                require(
                    property.getNonDefaultValue() instanceof BooleanLiteral external
                        && external.getValue(),
                    byName,
                    "is_external"));
    Optional<AwsPlace> place =
        exact(byName, "external_location")
            .map(
                uri ->
                    Locations.parse(lake, uri)
                        .orElseThrow(() -> wrong(byName, "external_location")));
    return new TableProperties(
        place.map(AwsPlace::zone).orElse(DEFAULT_ZONE),
        place.map(AwsPlace::folder),
        format(byName),
        names(byName, "partitioned_by"),
        bucketing(byName));
  }

  private static Optional<Bucketing> bucketing(Map<String, Property> properties) {
    List<String> columns = names(properties, "bucketed_by");
    Property count = properties.get("bucket_count");
    if (columns.isEmpty() && count == null) {
      return Optional.empty();
    }
    if (columns.isEmpty() || count == null) {
      throw Refusal.at(
          property(properties, count == null ? "bucketed_by" : "bucket_count"),
          "bucketed_by and bucket_count must be specified together");
    }
    if (!(count.getNonDefaultValue() instanceof LongLiteral number)) {
      throw wrong(properties, "bucket_count");
    }
    long buckets = number.getParsedValue();
    require(buckets > 0 && buckets < MOST_BUCKETS, properties, "bucket_count");
    if (new HashSet<>(columns).size() < columns.size()) {
      throw Refusal.at(property(properties, "bucketed_by"), "bucketed_by has a column twice");
    }
    return Optional.of(new Bucketing(columns, (int) buckets));
  }

  private static Format format(Map<String, Property> properties) {
    Format format =
        WrittenFormat.named(exact(properties, "format").orElse("PARQUET"))
            .orElseThrow(() -> wrong(properties, "format"));
    Optional<String> delimiter = exact(properties, "field_delimiter");
    if (delimiter.isPresent()) {
      format =
          WrittenFormat.delimited(format, delimiter.get())
              .orElseThrow(() -> wrong(properties, "field_delimiter"));
    }
    Optional<String> given = Optional.empty();
    for (String name : List.of("write_compression", "parquet_compression", "orc_compression")) {
      Optional<String> compression = exact(properties, name);
      if (compression.isEmpty()) {
        continue;
      }
      if (given.isPresent()) {
        throw Refusal.at(
            property(properties, name), "%s and %s are given; keep one", given.get(), name);
      }
      given = Optional.of(name);
      require(isOf(name, format), properties, name);
      format =
          WrittenFormat.compressed(format, compression.get())
              .orElseThrow(() -> wrong(properties, name));
    }
    return format;
  }

  private static boolean isOf(String property, Format format) {
    return switch (property) {
      case "parquet_compression" -> format instanceof Format.Parquet;
      case "orc_compression" -> format instanceof Format.Orc;
      default -> true;
    };
  }

  private static List<String> names(Map<String, Property> properties, String name) {
    return Optional.ofNullable(properties.get(name))
        .map(property -> names(property, name))
        .orElse(List.of());
  }

  private static List<String> names(Property property, String ofProperty) {
    if (!(property.getNonDefaultValue() instanceof Array array)) {
      throw Refusal.at(property, "%s is an array of names: ARRAY['a', 'b']", ofProperty);
    }
    List<String> names = new ArrayList<>();
    for (Expression name : array.getValues()) {
      if (!(name instanceof StringLiteral text)) {
        throw Refusal.at(name, "%s is an array of names: ARRAY['a', 'b']", ofProperty);
      }
      names.add(text.getValue().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static Optional<String> text(Map<String, Property> properties, String name) {
    return exact(properties, name).map(text -> text.toUpperCase(Locale.ROOT));
  }

  private static Optional<String> exact(Map<String, Property> properties, String name) {
    return Optional.ofNullable(properties.get(name))
        .map(
            property -> {
              if (property.getNonDefaultValue() instanceof StringLiteral text) {
                return text.getValue();
              }
              throw Refusal.at(property, "the table property %s is a text", name);
            });
  }

  private static Property property(Map<String, Property> properties, String name) {
    Property property = properties.get(name);
    if (property == null) {
      throw new IllegalStateException("there is no property " + name);
    }
    return property;
  }

  private static void require(boolean holds, Map<String, Property> properties, String name) {
    if (!holds) {
      throw wrong(properties, name);
    }
  }

  private static InvalidDefinitionException wrong(Map<String, Property> properties, String name) {
    return Refusal.at(
        property(properties, name),
        "the table property %s is %s",
        name,
        switch (name) {
          case "table_type" -> "'HIVE'; other tables are not supported";
          case "is_external" -> "true";
          case "external_location" -> "a folder of one of the lake's zones: s3://bucket/folder/";
          case "format" -> WrittenFormat.FORMATS;
          case "bucket_count" -> "a number from 1 to 99999";
          case "field_delimiter" ->
              "one character, of TEXTFILE, and none that separates nested values";
          case "parquet_compression" -> "'GZIP', 'SNAPPY', 'ZSTD' or 'NONE', of PARQUET";
          case "orc_compression" -> "'ZLIB', 'SNAPPY', 'LZ4', 'ZSTD' or 'NONE', of ORC";
          case "write_compression" -> WrittenFormat.COMPRESSIONS;
          default -> "of another form";
        });
  }
}
