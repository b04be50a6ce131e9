package io.lakesdk.query.federated.jdbc;

import io.lakesdk.query.federated.SourceException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a database's error means, by its SQLSTATE. Messages of drivers quote values and may
 * have the connection's address and user, so they go nowhere.
 */
final class JdbcErrors {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcErrors.class);

  private JdbcErrors() {}

  /** Work that asks a database. */
  interface Work<T> {
    T run() throws SQLException;
  }

  static <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  static SourceException translate(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    LOG.debug("A federated database failed with SQLSTATE {} ({})", state, failure.getClass());
    String told = state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
    if (state.startsWith("28")) {
      return SourceException.unavailable("the database does not accept its user" + told);
    }
    if (state.equals("42501")) {
      return SourceException.unavailable("the source's user may not read it" + told);
    }
    if (state.startsWith("08")
        || failure instanceof SQLTransientConnectionException
        || state.equals("57P01")
        || state.equals("57P02")
        || state.equals("57P03")) {
      return SourceException.unavailable(
          "there is no connection to the database, or it was lost; run it again" + told);
    }
    if (state.equals("57014") || failure instanceof SQLTimeoutException) {
      return SourceException.unavailable("the database has stopped the query" + told);
    }
    if (state.startsWith("42")) {
      return SourceException.unavailable(
          "the table was changed or removed while it was read, or its user may not read it; run it"
              + " again"
              + told);
    }
    if (state.startsWith("22")) {
      return SourceException.badData("a value cannot be read as its column's type" + told);
    }
    return SourceException.unavailable("the database failed" + told);
  }
}
