package io.lakesdk.query.statement.write;

import io.lakesdk.AwsPlace;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.statement.table.Locations;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Property;
import io.trino.sql.tree.StringLiteral;
import java.util.ArrayList;
import java.util.HashMap;
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
 */
public record TableProperties(
    Zone zone, Optional<String> location, Format format, List<String> partitions) {

  /** Where tables go that say no location. */
  public static final Zone DEFAULT_ZONE = Zone.CURATED;

  /** What separates values where nothing is said. */
  static final char HIVE_DELIMITER = '\u0001';

  private static final Set<String> KNOWN =
      Set.of(
          "table_type",
          "is_external",
          "external_location",
          "format",
          "write_compression",
          "parquet_compression",
          "field_delimiter",
          "partitioned_by");

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
        Optional.ofNullable(byName.get("partitioned_by"))
            .map(TableProperties::names)
            .orElse(List.of()));
  }

  private static Format format(Map<String, Property> properties) {
    String name = text(properties, "format").orElse("PARQUET");
    boolean delimited = properties.containsKey("field_delimiter");
    require(!delimited || name.equals("TEXTFILE"), properties, "field_delimiter");
    return switch (name) {
      case "PARQUET" -> Format.parquet(compression(properties));
      case "TEXTFILE" -> textFile(properties);
      case "ORC" -> {
        requireOnly("ZLIB", properties);
        yield Format.ORC;
      }
      case "AVRO" -> {
        requireOnly("DEFLATE", properties);
        yield Format.AVRO;
      }
      case "JSON" -> {
        requireUncompressed(properties);
        yield Format.JSON_LINES;
      }
      default -> throw wrong(properties, "format");
    };
  }

  private static Format textFile(Map<String, Property> properties) {
    requireUncompressed(properties);
    return Format.csv()
        .withoutHeader()
        .delimitedBy(
            exact(properties, "field_delimiter")
                .map(text -> delimiter(text, properties))
                .orElse(HIVE_DELIMITER));
  }

  private static char delimiter(String text, Map<String, Property> properties) {
    require(text.length() == 1, properties, "field_delimiter");
    return text.charAt(0);
  }

  private static Format.Compression compression(Map<String, Property> properties) {
    Optional<String> write = text(properties, "write_compression");
    Optional<String> parquet = text(properties, "parquet_compression");
    if (write.isPresent() && parquet.isPresent()) {
      throw Refusal.at(
          property(properties, "parquet_compression"),
          "write_compression and parquet_compression are given; keep one");
    }
    String name = write.isPresent() ? "write_compression" : "parquet_compression";
    return switch (write.or(() -> parquet).orElse("GZIP")) {
      case "GZIP" -> Format.Compression.GZIP;
      case "SNAPPY" -> Format.Compression.SNAPPY;
      case "ZSTD" -> Format.Compression.ZSTD;
      case "NONE" -> Format.Compression.NONE;
      default -> throw wrong(properties, name);
    };
  }

  /** Text files are not compressed here, whatever Athena does where nothing is said. */
  private static void requireUncompressed(Map<String, Property> properties) {
    requireOnly("NONE", properties);
  }

  /** The one compression that files of a format have here. */
  private static void requireOnly(String compression, Map<String, Property> properties) {
    require(!properties.containsKey("parquet_compression"), properties, "parquet_compression");
    text(properties, "write_compression")
        .ifPresent(name -> require(name.equals(compression), properties, "write_compression"));
  }

  private static List<String> names(Property property) {
    if (!(property.getNonDefaultValue() instanceof Array array)) {
      throw Refusal.at(property, "partitioned_by is an array of names: ARRAY['a', 'b']");
    }
    List<String> names = new ArrayList<>();
    for (Expression name : array.getValues()) {
      if (!(name instanceof StringLiteral text)) {
        throw Refusal.at(name, "partitioned_by is an array of names: ARRAY['a', 'b']");
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
          case "format" ->
              "'PARQUET', 'ORC', 'AVRO', 'TEXTFILE' or 'JSON'; other formats are not supported";
          case "field_delimiter" -> "one character, of TEXTFILE";
          case "parquet_compression" -> "'GZIP', 'SNAPPY', 'ZSTD' or 'NONE', of PARQUET";
          case "write_compression" ->
              "'GZIP', 'SNAPPY', 'ZSTD' or 'NONE' of PARQUET, 'ZLIB' of ORC, 'DEFLATE' of AVRO, and"
                  + " 'NONE' of other formats";
          default -> "of another form";
        });
  }
}
