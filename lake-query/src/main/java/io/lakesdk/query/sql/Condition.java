package io.lakesdk.query.sql;

import java.util.Objects;
import java.util.Set;

/**
 * A condition on the rows of one table as DuckDB can evaluate it.
 *
 * @param sql a boolean expression over the quoted names of the table's columns
 * @param rows admits every row for which it is true
 * @param columns that it is about, lower-case
 */
public record Condition(String sql, RowCondition rows, Set<String> columns) {

  public Condition {
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(rows, "rows");
    columns = Set.copyOf(columns);
  }
}
