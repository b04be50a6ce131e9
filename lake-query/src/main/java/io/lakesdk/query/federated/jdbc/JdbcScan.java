package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.SourceCursor;
import io.lakesdk.query.federated.SourceScan;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * A query of a database.
 *
 * @param sql with a question mark for each value
 * @param columns of its rows; one of no meaning if there are none
 * @param limit of rows, where the query does not say it
 */
record JdbcScan(
    DataSource database,
    Dialect dialect,
    String sql,
    List<Object> values,
    List<JdbcColumn> columns,
    OptionalLong limit)
    implements SourceScan {

  JdbcScan {
    values = List.copyOf(values);
    columns = List.copyOf(columns);
  }

  @Override
  public String description() {
    return sql + (limit.isPresent() ? ", the first " + limit.getAsLong() : "");
  }

  @Override
  public SourceCursor open() {
    return JdbcCursor.open(this);
  }
}
