package io.lakesdk.query.jdbc;

import io.lakesdk.error.LakeException;
import io.lakesdk.query.Query;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.sql.syntax.StatementParser;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A query with {@code ?} for values, which are never part of its text. */
final class LakePreparedStatement extends ParameterSetters {

  private final String sql;
  private final @Nullable Object[] values;
  private final boolean[] given;

  LakePreparedStatement(LakeConnection connection, String sql) throws SQLException {
    super(connection);
    this.sql = sql;
    int count = count(sql);
    this.values = new @Nullable Object[count];
    this.given = new boolean[count];
  }

  private static int count(String sql) throws SQLException {
    try {
      return new StatementParser().scan(sql).numbered();
    } catch (LakeException e) {
      throw JdbcErrors.of(e);
    }
  }

  @Override
  void set(int parameter, @Nullable Object value) throws SQLException {
    requireOpen();
    if (parameter < 1 || parameter > values.length) {
      throw JdbcErrors.noSuchIndex("parameter", parameter, values.length);
    }
    values[parameter - 1] = value;
    given[parameter - 1] = true;
  }

  @Override
  public void clearParameters() throws SQLException {
    requireOpen();
    Arrays.fill(values, null);
    Arrays.fill(given, false);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    return query(bound());
  }

  @Override
  public boolean execute() throws SQLException {
    return run(bound()).isPresent();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return atMostAnInt(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return update(bound());
  }

  private Query bound() throws SQLException {
    requireOpen();
    for (int i = 0; i < given.length; i++) {
      if (!given[i]) {
        throw new SQLException("Parameter " + (i + 1) + " has no value; set one", "07001");
      }
    }
    return Query.sql(sql).bindAll(values);
  }

  /** Of the results that are open; null before there are any, since columns may need the values. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    ResultSet results = getResultSet();
    return results == null || results.isClosed() ? null : results.getMetaData();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    requireOpen();
    return new LakeParameterMetaData(values.length);
  }
}
