package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.SourceException;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table in a database.
 *
 * @param name as it is spelled there
 * @param column as statements know it
 * @param values how its values are read
 * @param comparing what it may be compared with there
 */
record JdbcColumn(String name, Column column, Values values, Comparing comparing) {

  /** Reads a value. */
  interface Values {
    /**
     * The value in a column of the current row.
     *
     * @throws ArithmeticException if it does not fit
     */
    @Nullable Object read(ResultSet rows, int number) throws SQLException;
  }

  /** What conditions on a column may be pushed down. */
  enum Comparing {
    /** None but whether it is NULL. */
    NOTHING,
    EXACT_NUMBERS,
    FLOATING_NUMBERS,
    BOOLEANS,
    DATES,
    /** Equality alone: whatever the collation, a text is equal to itself. */
    TEXTS,
    TIMESTAMPS,
    /** Moments, which statements see in UTC. */
    INSTANTS
  }

  DataType type() {
    return column.type();
  }

  @Nullable Object read(ResultSet rows, int number) throws SQLException {
    try {
      return values.read(rows, number);
    } catch (ArithmeticException misfit) {
      throw SourceException.badData(
          "a value of column " + column.name() + " does not fit " + column.type());
    }
  }
}
