package io.lakesdk.query.sql;

import io.lakesdk.query.sql.type.SqlType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Runs translations on a DuckDB of its own. */
final class DuckRunner implements AutoCloseable {

  private final Connection connection;

  DuckRunner() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:", new Properties());
      execute("SET TimeZone='UTC'");
      Translator.prepare(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows as Trino's protocol shows them. */
  List<List<Object>> rows(Translation translation) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(translation.sql())) {
      for (int i = 0; i < translation.parameters().size(); i++) {
        statement.setObject(i + 1, translation.parameters().get(i));
      }
      try (ResultSet result = statement.executeQuery()) {
        requireTypes(translation, result);
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 0; i < translation.columns().size(); i++) {
            SqlType type = translation.columns().get(i).type();
            Object value =
                type instanceof SqlType.Timestamp
                    ? result.getObject(i + 1, LocalDateTime.class)
                    : result.getObject(i + 1);
            row.add(Shown.value(value, type));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  /** What DuckDB gives must be of the type that the translation promised. */
  private static void requireTypes(Translation translation, ResultSet result) throws SQLException {
    for (int i = 0; i < translation.columns().size(); i++) {
      SqlType type = translation.columns().get(i).type();
      String actual = result.getMetaData().getColumnTypeName(i + 1);
      boolean same = actual.replace("\"", "").equals(type.duckType().replace("\"", ""));
      if (type != SqlType.Simple.UNKNOWN && !same) {
        throw new IllegalStateException("column " + i + " of type " + type + " came as " + actual);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** A number for comparison. */
  static BigDecimal number(Object value) {
    return new BigDecimal(value.toString());
  }
}
