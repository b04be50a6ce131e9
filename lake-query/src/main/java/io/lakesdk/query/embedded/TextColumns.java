package io.lakesdk.query.embedded;

import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the columns of text files are read from their texts, so that a fault can be found again.
 *
 * @param columns those that are read
 * @param texts for each name the SQL of its text, from {@code f}
 * @param inOrder the call of a table function that reads the file at a path from front to back
 */
record TextColumns(
    List<Column> columns, Map<String, String> texts, Function<String, String> inOrder) {

  /**
   * What the messages begin with that a scan raises; the numbers of scan, file and column follow.
   */
  static final String RAISED = "lakesdk-scan:";

  /** How to get each column in a scan of this number. */
  Map<String, String> expressions(int scan) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String text = texts.get(column.name());
      all.put(
          column.name(),
          text == null
              ? "CAST(NULL AS " + SqlTypes.of(column.type()).duckType() + ")"
              : Texts.checked(column.type(), text, failure(scan, i)));
    }
    return all;
  }

  private static String failure(int scan, int column) {
    return "error("
        + SqlText.literal(RAISED + scan + ":" + column + ":")
        + " || CAST(f.file_index AS VARCHAR))";
  }

  /** The number of the first row that has a bad value in a column, counted from 1. */
  String firstBadRow(Column column, String path) {
    String text = texts.getOrDefault(column.name(), "NULL");
    return "SELECT min(n) FROM (SELECT row_number() OVER () AS n, "
        + text
        + " IS NOT NULL AND ("
        + Texts.parsed(column.type(), text)
        + ") IS NULL AS bad FROM "
        + inOrder.apply(path)
        + " AS f) WHERE bad";
  }
}
