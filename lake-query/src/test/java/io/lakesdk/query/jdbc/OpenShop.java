package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection to a shop in memory, and what tests do with it. */
abstract class OpenShop {

  static final int NUMBERS = 5000;

  Lake lake;
  Connection connection;
  Statement statement;

  @BeforeEach
  final void connect() throws SQLException {
    lake = Lake.inMemory();
    Shop.fill(lake, NUMBERS);
    connection = LakeDataSource.of(lake).in("sales").getConnection();
    statement = connection.createStatement();
  }

  @AfterEach
  final void close() throws SQLException {
    connection.close();
    lake.close();
  }

  /** The only row of a query. */
  ResultSet row(String sql) throws SQLException {
    ResultSet results = statement.executeQuery(sql);
    if (!results.next()) {
      throw new AssertionError("no row: " + sql);
    }
    return results;
  }

  /** All values of some columns, as text. */
  static List<List<String>> texts(ResultSet results, String... labels) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (results) {
      while (results.next()) {
        List<String> row = new ArrayList<>();
        for (String label : labels) {
          row.add(results.getString(label));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  static void fails(String state, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(state);
  }
}
