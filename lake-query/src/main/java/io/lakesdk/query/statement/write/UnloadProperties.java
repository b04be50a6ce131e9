package io.lakesdk.query.statement.write;

import io.lakesdk.AwsPlace;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.table.Locations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where and how UNLOAD writes. Source: "UNLOAD" of the Athena user guide. */
public final class UnloadProperties {

  private static final Set<String> KNOWN = Set.of("format", "compression", "field_delimiter");

  private static final String COMPRESSIONS =
      "'GZIP', 'SNAPPY', 'ZSTD' or 'NONE' of PARQUET, 'ZLIB' of ORC, 'DEFLATE' of AVRO, and 'NONE'"
          + " of other formats";

  private UnloadProperties() {}

  /**
   * What the statement says, as properties of a table of such files.
   *
   * @param to the text after TO
   * @param texts the properties that are texts, by their lower-case names
   * @param partitions what {@code partitioned_by} lists
   * @throws InvalidDefinitionException naming what is wrong or not supported
   */
  public static TableProperties read(
      Lake lake, String to, Map<String, String> texts, List<String> partitions) {
    for (String name : texts.keySet()) {
      if (!KNOWN.contains(name)) {
        throw SqlErrors.refuse("the property " + name + " of UNLOAD is not supported");
      }
    }
    AwsPlace place =
        Locations.parse(lake, to)
            .orElseThrow(
                () ->
                    SqlErrors.refuse(
                        "UNLOAD writes to a folder of one of the lake's zones: TO"
                            + " 's3://bucket/folder/'"));
    return new TableProperties(
        place.zone(),
        Optional.of(place.folder()),
        format(texts),
        partitions.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  private static Format format(Map<String, String> texts) {
    String name = texts.getOrDefault("format", "").toUpperCase(Locale.ROOT);
    Optional<String> compression =
        Optional.ofNullable(texts.get("compression")).map(text -> text.toUpperCase(Locale.ROOT));
    Optional<String> delimiter = Optional.ofNullable(texts.get("field_delimiter"));
    if (delimiter.isPresent() && (!name.equals("TEXTFILE") || delimiter.get().length() != 1)) {
      throw wrong("field_delimiter", "one character, of TEXTFILE");
    }
    return switch (name) {
      case "PARQUET" -> Format.parquet(parquet(compression.orElse("GZIP")));
      case "TEXTFILE" -> {
        requireNone(compression);
        yield Format.csv()
            .withoutHeader()
            .delimitedBy(
                delimiter.map(text -> text.charAt(0)).orElse(TableProperties.HIVE_DELIMITER));
      }
      case "JSON" -> {
        requireNone(compression);
        yield Format.JSON_LINES;
      }
      case "ORC" -> {
        requireOnly("ZLIB", compression);
        yield Format.ORC;
      }
      case "AVRO" -> {
        requireOnly("DEFLATE", compression);
        yield Format.AVRO;
      }
      default ->
          throw wrong(
              "format",
              "required: 'PARQUET', 'ORC', 'AVRO', 'TEXTFILE' or 'JSON'; other formats are not"
                  + " supported");
    };
  }

  private static Format.Compression parquet(String name) {
    return switch (name) {
      case "GZIP" -> Format.Compression.GZIP;
      case "SNAPPY" -> Format.Compression.SNAPPY;
      case "ZSTD" -> Format.Compression.ZSTD;
      case "NONE" -> Format.Compression.NONE;
      default -> throw wrong("compression", COMPRESSIONS);
    };
  }

  /** Text is not compressed here, whatever Athena does where nothing is said. */
  private static void requireNone(Optional<String> compression) {
    requireOnly("NONE", compression);
  }

  private static void requireOnly(String name, Optional<String> compression) {
    if (compression.isPresent() && !compression.get().equals(name)) {
      throw wrong("compression", COMPRESSIONS);
    }
  }

  private static InvalidDefinitionException wrong(String property, String what) {
    return SqlErrors.refuse("the property " + property + " of UNLOAD is " + what);
  }
}
