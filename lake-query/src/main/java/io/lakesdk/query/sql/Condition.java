package io.lakesdk.query.sql;

import java.util.Objects;

/**
 * A condition on the rows of one table as DuckDB can evaluate it.
 *
 * @param sql a boolean expression over the quoted names of the table's columns
 * @param rows admits every row for which it is true
 */
public record Condition(String sql, RowCondition rows) {

  public Condition {
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(rows, "rows");
  }
}
