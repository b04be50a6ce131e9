package io.lakesdk.query.statement.hive;

import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What TBLPROPERTIES say besides the format.
 *
 * @param comment of the table
 * @param projection of its partitions
 */
record TableSettings(Optional<String> comment, Map<String, String> projection) {

  private static final List<String> OF_TABLE =
      List.of("projection.enabled", "storage.location.template");

  private static final List<String> OF_KEY =
      List.of("type", "values", "range", "interval", "interval.unit", "digits", "format");

  /**
   * Takes those that are known. Such as say what holds anyway are taken and mean nothing more.
   *
   * @throws InvalidDefinitionException naming one that has a value that it cannot have
   */
  static TableSettings take(Settings table, Format format, List<Column> keys) {
    table.only("EXTERNAL", Set.of("true"));
    table.only("has_encrypted_data", Set.of("false"));
    table.only("typeOfData", Set.of("file"));
    table.only("bucketing_format", Set.of("hive"));
    table.take("transient_lastDdlTime");
    Optional<String> classification = table.take("classification");
    String expected = HiveFormats.classification(format);
    if (classification.filter(c -> !c.toLowerCase(Locale.ROOT).equals(expected)).isPresent()) {
      throw table.wrong("classification", expected);
    }
    return new TableSettings(table.take("comment"), projection(table, keys));
  }

  /** What they say is looked at when a statement reads the table, as in Athena. */
  private static Map<String, String> projection(Settings table, List<Column> keys) {
    Map<String, String> taken = new HashMap<>();
    List<String> known = new ArrayList<>(OF_TABLE);
    for (Column key : keys) {
      OF_KEY.forEach(name -> known.add("projection." + key.name() + "." + name));
    }
    known.forEach(name -> table.takeInAnyCase(name).ifPresent(value -> taken.put(name, value)));
    return taken;
  }
}
