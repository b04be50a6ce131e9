package io.lakesdk.query.federated.jdbc;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.Uninterruptibles;
import io.lakesdk.query.federated.SourceCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a query, some at a time, in a transaction that only reads. The connection is its own
 * from the first row that is asked for until it is closed, and given back as it was taken.
 */
final class JdbcCursor implements SourceCursor {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcCursor.class);

  /** How long a database has to stop a query before its connection is cut. */
  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private final JdbcScan scan;
  private final Connection connection;
  private final boolean autoCommit;
  private final PreparedStatement statement;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable ResultSet rows;

  private JdbcCursor(
      JdbcScan scan, Connection connection, boolean autoCommit, PreparedStatement statement) {
    this.scan = scan;
    this.connection = connection;
    this.autoCommit = autoCommit;
    this.statement = statement;
  }

  static JdbcCursor open(JdbcScan scan) {
    return JdbcErrors.guarded(
        () -> {
          Connection connection = scan.database().getConnection();
          boolean autoCommit = true;
          try {
            autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            return new JdbcCursor(scan, connection, autoCommit, prepared(scan, connection));
          } catch (SQLException | RuntimeException e) {
            giveBack(connection, autoCommit);
            throw e;
          }
        });
  }

  private static PreparedStatement prepared(JdbcScan scan, Connection connection)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            scan.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(scan.dialect().fetchSize());
    if (scan.limit().isPresent() && scan.limit().getAsLong() <= Integer.MAX_VALUE) {
      // Zero would mean all.
      statement.setMaxRows((int) Math.max(1, scan.limit().getAsLong()));
    }
    List<Object> values = scan.values();
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  @Override
  public boolean next(@Nullable Object[] row) {
    return JdbcErrors.guarded(
        () -> {
          ResultSet current = rows;
          if (current == null) {
            current = statement.executeQuery();
            rows = current;
          }
          if (!current.next()) {
            return false;
          }
          List<JdbcColumn> columns = scan.columns();
          for (int i = 0; i < columns.size(); i++) {
            row[i] = columns.get(i).read(current, i + 1);
          }
          return true;
        });
  }

  @Override
  public void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("A query was not cancelled: SQLSTATE {}", e.getSQLState());
    }
    if (!Uninterruptibles.awaitUninterruptibly(closed, TO_STOP)) {
      try {
        connection.abort(MoreExecutors.directExecutor());
      } catch (SQLException e) {
        LOG.debug("A connection was not cut: SQLSTATE {}", e.getSQLState());
      }
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      LOG.debug("A query did not end well: SQLSTATE {}", e.getSQLState());
    } finally {
      giveBack(connection, autoCommit);
      closed.countDown();
    }
  }

  /** As it was taken, since a pool may hand it to others. */
  private static void giveBack(Connection connection, boolean autoCommit) {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      LOG.debug("A connection was not given back well: SQLSTATE {}", e.getSQLState());
    }
  }
}
