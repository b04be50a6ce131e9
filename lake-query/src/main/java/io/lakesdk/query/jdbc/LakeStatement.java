package io.lakesdk.query.jdbc;

import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.Rows;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.LakeResultSet;
import io.lakesdk.query.rows.RowStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, one at a time. One thread works with it; any thread may {@link #cancel} or close
 * it.
 */
class LakeStatement extends BareStatement {

  private final LakeConnection connection;
  private final Warnings warnings = new Warnings();
  private final Object lock = new Object();
  private @Nullable Runnable running;
  private @Nullable LakeResultSet results;
  private boolean cancelled;
  private long updated = -1;
  private volatile boolean closed;
  private volatile boolean closeOnCompletion;
  private int timeout;
  private long maxRows;
  private int fetchSize;

  LakeStatement(LakeConnection connection) {
    this.connection = connection;
  }

  @Override
  final void requireOpen() throws SQLException {
    if (closed) {
      throw JdbcErrors.closed("statement");
    }
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return query(Query.sql(sql));
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return run(Query.sql(sql)).isPresent();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return update(Query.sql(sql));
  }

  /** Runs what has rows. */
  final ResultSet query(Query statement) throws SQLException {
    return run(statement)
        .orElseThrow(
            () ->
                JdbcErrors.badArgument(
                    "The statement was run and has no rows; use execute or executeUpdate for"
                        + " such a one"));
  }

  /** Runs what writes, and tells how many rows that were. */
  final long update(Query statement) throws SQLException {
    if (run(statement).isPresent()) {
      closeResults();
      throw JdbcErrors.badArgument("The statement has rows; use executeQuery for such a one");
    }
    return updated;
  }

  /** Starts a statement; the results before it are closed. Empty where it has no rows. */
  final Optional<LakeResultSet> run(Query statement) throws SQLException {
    requireOpen();
    connection.requireOpen();
    closeResults();
    updated = -1;
    warnings.clear();
    synchronized (lock) {
      cancelled = false;
    }
    Optional<Duration> limit = limit();
    Query query = connection.own(statement);
    Query limited = limit.map(query::timeout).orElse(query);
    try {
      Rows rows = connection.engine().run(limited, this::started);
      if (rows.written().isPresent()) {
        rows.close();
        updated = rows.written().getAsLong();
        return Optional.empty();
      }
      return Optional.of(opened(rows, limit));
    } catch (LakeException e) {
      throw failure(e, limit);
    }
  }

  /** Work is about to begin; it may be too late for it. */
  private void started(Runnable stop) {
    boolean late;
    synchronized (lock) {
      late = cancelled || closed;
      running = stop;
    }
    if (late) {
      stop.run();
    }
  }

  private LakeResultSet opened(Rows rows, Optional<Duration> limit) throws SQLException {
    try {
      LakeResultSet opened =
          new LakeResultSet(
              rows.columns(),
              new LakeCursor(rows, maxRows, e -> failure(e, limit), this::completed),
              this);
      synchronized (lock) {
        results = opened;
      }
      if (closed) {
        opened.close();
        throw JdbcErrors.closed("statement");
      }
      return opened;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private Optional<Duration> limit() {
    Optional<Duration> most = connection.limit();
    if (timeout == 0) {
      return most;
    }
    Duration own = Duration.ofSeconds(timeout);
    return most.filter(other -> other.compareTo(own) < 0).or(() -> Optional.of(own));
  }

  private SQLException failure(LakeException e, Optional<Duration> limit) {
    if (e instanceof UnavailableException) {
      synchronized (lock) {
        if (cancelled) {
          return JdbcErrors.cancelled(e);
        }
      }
      String message = String.valueOf(e.getMessage());
      if (limit.filter(time -> message.contains(RowStream.timedOut(time))).isPresent()) {
        return JdbcErrors.timedOut(e);
      }
    }
    return JdbcErrors.of(e);
  }

  /** Results were closed. */
  private void completed() {
    synchronized (lock) {
      running = null;
    }
    if (closeOnCompletion) {
      end();
    }
  }

  private void closeResults() throws SQLException {
    LakeResultSet open;
    synchronized (lock) {
      open = results;
      results = null;
    }
    if (open != null) {
      boolean whenComplete = closeOnCompletion;
      closeOnCompletion = false;
      open.close();
      closeOnCompletion = whenComplete;
    }
  }

  @Override
  public final void cancel() throws SQLException {
    requireOpen();
    stop();
  }

  private void stop() {
    Runnable current;
    synchronized (lock) {
      cancelled = true;
      current = running;
    }
    if (current != null) {
      current.run();
    }
  }

  @Override
  public final void close() throws SQLException {
    if (!closed) {
      closed = true;
      stop();
      closeResults();
      connection.ended(this);
    }
  }

  private void end() {
    closed = true;
    connection.ended(this);
  }

  @Override
  public final boolean isClosed() {
    return closed;
  }

  @Override
  public final @Nullable ResultSet getResultSet() throws SQLException {
    requireOpen();
    synchronized (lock) {
      return results;
    }
  }

  /** How many rows a statement wrote; -1 after one that only reads. */
  @Override
  public final long getLargeUpdateCount() throws SQLException {
    requireOpen();
    return updated;
  }

  @Override
  public final boolean getMoreResults() throws SQLException {
    requireOpen();
    closeResults();
    updated = -1;
    return false;
  }

  @Override
  public final boolean getMoreResults(int current) throws SQLException {
    if (current != CLOSE_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
      throw JdbcErrors.unsupported("several results of one statement");
    }
    return getMoreResults();
  }

  @Override
  public final Connection getConnection() throws SQLException {
    requireOpen();
    return connection;
  }

  @Override
  public final int getQueryTimeout() throws SQLException {
    requireOpen();
    return timeout;
  }

  @Override
  public final void setQueryTimeout(int seconds) throws SQLException {
    requireOpen();
    timeout = (int) atLeastZero("timeout", seconds);
  }

  @Override
  public final long getLargeMaxRows() throws SQLException {
    requireOpen();
    return maxRows;
  }

  @Override
  public final void setLargeMaxRows(long max) throws SQLException {
    requireOpen();
    maxRows = atLeastZero("limit of rows", max);
  }

  /** A hint, which is kept and changes nothing: rows stream. */
  @Override
  public final void setFetchSize(int rows) throws SQLException {
    requireOpen();
    fetchSize = (int) atLeastZero("fetch size", rows);
  }

  @Override
  public final int getFetchSize() throws SQLException {
    requireOpen();
    return fetchSize;
  }

  private static long atLeastZero(String what, long value) throws SQLException {
    if (value < 0) {
      throw JdbcErrors.badArgument("A " + what + " is 0 or more");
    }
    return value;
  }

  @Override
  public final @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings.first();
  }

  @Override
  public final void clearWarnings() throws SQLException {
    requireOpen();
    warnings.clear();
  }

  @Override
  public final void closeOnCompletion() throws SQLException {
    requireOpen();
    closeOnCompletion = true;
  }

  @Override
  public final boolean isCloseOnCompletion() throws SQLException {
    requireOpen();
    return closeOnCompletion;
  }
}
