package io.lakesdk.query.statement.hive;

import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What TBLPROPERTIES say besides the format.
 *
 * @param comment of the table
 */
record TableSettings(Optional<String> comment) {

  /**
   * Takes those that are known. Such as say what holds anyway are taken and mean nothing more.
   *
   * @throws InvalidDefinitionException naming one that has a value that it cannot have
   */
  static TableSettings take(Settings table, Format format) {
    table.only("EXTERNAL", Set.of("true"));
    table.only("has_encrypted_data", Set.of("false"));
    table.only("typeOfData", Set.of("file"));
    table.take("transient_lastDdlTime");
    Optional<String> classification = table.take("classification");
    String expected = HiveFormats.classification(format);
    if (classification.filter(c -> !c.toLowerCase(Locale.ROOT).equals(expected)).isPresent()) {
      throw table.wrong("classification", expected);
    }
    return new TableSettings(table.take("comment"));
  }
}
