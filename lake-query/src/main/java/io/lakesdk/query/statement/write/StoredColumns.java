package io.lakesdk.query.statement.write;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns of a query as a table, a view or files have them. */
public final class StoredColumns {

  private StoredColumns() {}

  /**
   * The columns in their order.
   *
   * @param statement that the query is part of
   * @throws InvalidDefinitionException if a column has no name, the name of another, or a type that
   *     tables have not
   */
  public static List<Column> of(Node statement, List<OutputColumn> query) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < query.size(); i++) {
      String name = query.get(i).name().toLowerCase(Locale.ROOT);
      SqlType type = query.get(i).type();
      if (name.equals("_col" + i)) {
        throw Refusal.at(statement, "Column name not specified at position %s", i + 1);
      }
      if (!names.add(name)) {
        throw Refusal.at(statement, "Column name '%s' specified more than once", name);
      }
      DataType stored =
          Optional.of(type)
              .filter(StoredColumns::isOfTables)
              .flatMap(SqlTypes::dataType)
              .orElseThrow(
                  () ->
                      Refusal.at(
                          statement,
                          "column %s is %s, which no table can hold; CAST it in the query",
                          name,
                          type));
      columns.add(Column.of(name, stored));
    }
    return columns;
  }

  /** Timestamps of tables have milliseconds; JSON, UUIDs and NULLs are no types of tables. */
  private static boolean isOfTables(SqlType type) {
    if (type instanceof SqlType.Timestamp timestamp) {
      return timestamp.precision() <= 3;
    } else if (type instanceof SqlType.Array array) {
      return isOfTables(array.element());
    } else if (type instanceof SqlType.MapOf map) {
      return isOfTables(map.key()) && isOfTables(map.value());
    } else if (type instanceof SqlType.Row row) {
      return row.fields().stream()
          .allMatch(field -> field.name().isPresent() && isOfTables(field.type()));
    }
    return type != SqlType.Simple.JSON
        && type != SqlType.Simple.UUID
        && type != SqlType.Simple.UNKNOWN;
  }
}
