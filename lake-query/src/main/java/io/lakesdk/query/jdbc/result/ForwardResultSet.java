package io.lakesdk.query.jdbc.result;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** A result set whose rows are read once, forwards. */
abstract class ForwardResultSet extends LabelledResultSet {

  private static SQLFeatureNotSupportedException forwards() {
    return JdbcErrors.unsupported("moving in results; they are read once, forwards");
  }

  /** Refuses to go on if the result set is closed. */
  abstract void requireOpen() throws SQLException;

  @Override
  public boolean first() throws SQLException {
    throw forwards();
  }

  @Override
  public boolean last() throws SQLException {
    throw forwards();
  }

  @Override
  public boolean previous() throws SQLException {
    throw forwards();
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw forwards();
  }

  @Override
  public void afterLast() throws SQLException {
    throw forwards();
  }

  @Override
  public boolean isLast() throws SQLException {
    throw forwards();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw forwards();
  }

  @Override
  public boolean relative(int row) throws SQLException {
    throw forwards();
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    requireOpen();
    return false;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    requireOpen();
    if (direction != FETCH_FORWARD) {
      throw forwards();
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    requireOpen();
    return FETCH_FORWARD;
  }

  /** A hint, which changes nothing: rows stream. */
  @Override
  public void setFetchSize(int rows) throws SQLException {
    requireOpen();
    if (rows < 0) {
      throw JdbcErrors.badArgument("A fetch size is 0 or more");
    }
  }

  @Override
  public int getFetchSize() throws SQLException {
    requireOpen();
    return 0;
  }

  @Override
  public int getType() throws SQLException {
    requireOpen();
    return TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    requireOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    requireOpen();
    return HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public String getCursorName() throws SQLException {
    throw JdbcErrors.unsupported("names of cursors");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
