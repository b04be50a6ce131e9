package io.lakesdk.catalog.crawl;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Primitive;
import java.util.Locale;

/** Makes names of what files and folders call things. */
final class Names {

  private static final int LONGEST = 128;

  private Names() {}

  /** The column name of a field, in lower case. */
  static String column(String given, SourceFile file) {
    try {
      return Column.of(given, Primitive.STRING).name();
    } catch (InvalidDefinitionException e) {
      throw file.unreadable(
          "a column cannot be named as it is in the file ("
              + e.getMessage()
              + "); rename it in the file");
    }
  }

  /** A database or table name of a folder's: other characters become underscores. */
  static String part(String folder) {
    String name =
        folder
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}_]+", "_")
            .replaceAll("^_+|_+$", "");
    return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
  }
}
