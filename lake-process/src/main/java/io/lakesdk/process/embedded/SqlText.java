package io.lakesdk.process.embedded;

import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of statements. */
final class SqlText {

  private SqlText() {}

  static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  static String string(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String names(List<Column> columns) {
    return columns.stream().map(column -> name(column.name())).collect(Collectors.joining(", "));
  }

  static String nothing(Column column) {
    return "CAST(NULL AS " + type(column.type()) + ") AS " + name(column.name());
  }

  static String cast(Column column) {
    return "CAST("
        + name(column.name())
        + " AS "
        + type(column.type())
        + ") AS "
        + name(column.name());
  }

  private static String type(DataType type) {
    return SqlTypes.of(type).toString();
  }
}
