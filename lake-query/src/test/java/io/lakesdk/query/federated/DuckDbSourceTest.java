package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A database of whose ways nothing special is known. */
class DuckDbSourceTest extends FederatedSourceContract {

  private final DuckDBConnection database;

  DuckDbSourceTest() throws SQLException {
    database = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = database.createStatement()) {
      statement.execute("CREATE SCHEMA shop");
      statement.execute(
          "CREATE TABLE shop.Customers (id BIGINT, name VARCHAR, country VARCHAR, credit"
              + " DECIMAL(38, 9), since DATE)");
      statement.execute(
          "INSERT INTO shop.customers VALUES (1, 'Ada', 'de', 10.5, '2020-01-31'), (2, 'ada', 'fr',"
              + " -3, '2021-06-01'), (3, 'it''s \"so\"', 'de', NULL, NULL), (4, NULL, 'it', 0,"
              + " '1969-12-31'), (5, 'Örsted', 'dk', 99999.99, '2024-02-29')");
    }
  }

  @AfterEach
  void closeDatabase() throws SQLException {
    database.close();
  }

  @Override
  FederatedSource source() {
    return FederatedSource.jdbc(
        new AbstractDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return database.duplicate();
          }

          @Override
          public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
          }
        });
  }

  @Test
  void onlyWhatMeansTheSameEverywhereIsPushedDown() {
    assertThat(
            answer(
                    "EXPLAIN SELECT id FROM crm.shop.customers WHERE id > 1 AND name = 'Ada' AND"
                        + " name < 'B'")
                .get(3))
        .isEqualTo(
            List.of(
                "      pushed down: SELECT \"id\", \"name\" FROM \"shop\".\"Customers\" WHERE"
                    + " (\"id\" > ? AND \"name\" = ?)"));
    assertThat(answer("EXPLAIN SELECT id FROM crm.shop.customers LIMIT 2").get(3))
        .isEqualTo(
            List.of("      pushed down: SELECT \"id\" FROM \"shop\".\"Customers\", the first 2"));
  }
}
