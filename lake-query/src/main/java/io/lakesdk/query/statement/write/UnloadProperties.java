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
        partitions.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
        Optional.empty());
  }

  private static Format format(Map<String, String> texts) {
    Format format =
        WrittenFormat.named(texts.getOrDefault("format", ""))
            .orElseThrow(() -> wrong("format", "required: " + WrittenFormat.FORMATS));
    String delimiter = texts.get("field_delimiter");
    if (delimiter != null) {
      format =
          WrittenFormat.delimited(format, delimiter)
              .orElseThrow(
                  () ->
                      wrong(
                          "field_delimiter",
                          "one character, of TEXTFILE, and none that separates nested values"));
    }
    String compression = texts.get("compression");
    return compression == null
        ? format
        : WrittenFormat.compressed(format, compression)
            .orElseThrow(() -> wrong("compression", WrittenFormat.COMPRESSIONS));
  }

  private static InvalidDefinitionException wrong(String property, String what) {
    return SqlErrors.refuse("the property " + property + " of UNLOAD is " + what);
  }
}
