package io.lakesdk.query.federated.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** How databases differ in what no standard of JDBC tells. */
enum Dialect {
  POSTGRES,
  /** MySQL and MariaDB. */
  MYSQL,
  SQL_SERVER,
  OTHER;

  private static final int ROWS = 1000;

  static Dialect of(DatabaseMetaData database) throws SQLException {
    String product = String.valueOf(database.getDatabaseProductName()).toLowerCase(Locale.ROOT);
    if (product.equals("postgresql")) {
      return POSTGRES;
    } else if (product.equals("mysql") || product.equals("mariadb")) {
      return MYSQL;
    }
    return product.startsWith("microsoft sql server") ? SQL_SERVER : OTHER;
  }

  /**
   * Whether times and floating-point numbers are compared as Trino does: times as they are written,
   * without a time zone of the connection, and numbers with one greatest NaN, if any.
   */
  boolean comparesTimesAndFloats() {
    return this == POSTGRES;
  }

  /** Whether a query may end in LIMIT. */
  boolean hasLimit() {
    return this == POSTGRES || this == MYSQL;
  }

  /** What makes the driver fetch some rows at a time; MySQL's takes them one by one, or all. */
  int fetchSize() {
    return this == MYSQL ? Integer.MIN_VALUE : ROWS;
  }
}
