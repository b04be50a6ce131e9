package io.lakesdk.query.jdbc;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.LakeException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.LakeArray;
import io.lakesdk.query.jdbc.result.Wrapped;
import java.sql.Array;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A view of a lake, with the database in which its statements look names up. Thread-safe. */
final class LakeConnection extends BareConnection {

  /** The only catalog, which Athena calls so. */
  static final String CATALOG = "awsdatacatalog";

  private final Lake lake;
  private final String url;
  private final QueryEngine engine;
  private final Optional<String> workgroup;
  private final Runnable end;
  private final Set<LakeStatement> statements = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Warnings warnings = new Warnings();
  private volatile String database;
  private volatile int networkTimeout;

  /**
   * @param lake a view, which is not closed
   * @param url without settings
   * @param workgroup in which statements run; {@code primary} unless told otherwise
   * @param end run when the connection is closed
   */
  LakeConnection(Lake lake, String url, String database, Optional<String> workgroup, Runnable end) {
    this.lake = lake;
    this.url = url;
    this.engine = QueryEngine.of(lake);
    this.database = database;
    this.workgroup = workgroup;
    this.end = end;
  }

  Lake lake() {
    return lake;
  }

  String url() {
    return url;
  }

  QueryEngine engine() {
    return engine;
  }

  /** The statement as one of this connection. */
  Query own(Query statement) {
    Query query = statement.in(database);
    return workgroup.map(query::workgroup).orElse(query);
  }

  void warn(SQLWarning warning) {
    warnings.add(warning);
  }

  /** How long anything may take at most, if that is limited. */
  Optional<Duration> limit() {
    return networkTimeout == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(networkTimeout));
  }

  void ended(LakeStatement statement) {
    statements.remove(statement);
  }

  @Override
  void requireOpen() throws SQLException {
    if (closed.get()) {
      throw JdbcErrors.closed("connection");
    }
  }

  private <T extends LakeStatement> T started(T statement) {
    statements.add(statement);
    return statement;
  }

  @Override
  public Statement createStatement() throws SQLException {
    requireOpen();
    return started(new LakeStatement(this));
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    warnUnlessSimple(type, concurrency);
    return createStatement();
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return createStatement(type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    requireOpen();
    return started(new LakePreparedStatement(this, sql));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    warnUnlessSimple(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return prepareStatement(sql, type, concurrency);
  }

  private void warnUnlessSimple(int type, int concurrency) {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      warn(new SQLWarning("Results are read once, forwards, and not updated", "01S02"));
    }
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    requireOpen();
    return sql;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    requireOpen();
    return new LakeDatabaseMetaData(this);
  }

  @Override
  public String getCatalog() throws SQLException {
    requireOpen();
    return CATALOG;
  }

  /** There is one; naming another is ignored, as JDBC wants where catalogs cannot be chosen. */
  @Override
  public void setCatalog(String catalog) throws SQLException {
    requireOpen();
  }

  @Override
  public String getSchema() throws SQLException {
    requireOpen();
    return database;
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    requireOpen();
    if (schema == null || schema.isBlank()) {
      throw JdbcErrors.badArgument("A schema has a name");
    }
    database = schema;
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw JdbcErrors.badArgument("A timeout is a number of seconds, 0 or more");
    }
    if (closed.get()) {
      return false;
    }
    try {
      Optional<?> unused = Catalog.of(lake).find(new DatasetId("default", "connection_test"));
      return true;
    } catch (LakeException e) {
      return false;
    }
  }

  @Override
  public Array createArrayOf(String typeName, @Nullable Object[] elements) throws SQLException {
    requireOpen();
    return new LakeArray(typeName, elements == null ? List.of() : Arrays.asList(elements));
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    warnings.clear();
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    Properties one = new Properties();
    one.setProperty(name, "");
    setClientInfo(one);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    if (closed.get()) {
      throw new SQLClientInfoException("The connection is closed", "08003", Map.of());
    }
    for (String name : properties.stringPropertyNames()) {
      warn(new SQLWarning("There is no client info " + name, "01S00"));
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    requireOpen();
    return null;
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    requireOpen();
    return new Properties();
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    requireOpen();
    if (milliseconds < 0) {
      throw JdbcErrors.badArgument("A timeout is a number of milliseconds, 0 or more");
    }
    networkTimeout = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    requireOpen();
    return networkTimeout;
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw JdbcErrors.badArgument("An abort needs an executor");
    }
    close();
  }

  /** Stops what still runs. */
  @Override
  public void close() throws SQLException {
    if (closed.compareAndSet(false, true)) {
      try {
        for (LakeStatement statement : statements) {
          statement.close();
        }
      } finally {
        end.run();
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  /** Also the lake, as this connection's principal sees it. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type == Lake.class ? type.cast(lake) : Wrapped.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type == Lake.class || type.isInstance(this);
  }

  /** Names the lake and the principal. */
  @Override
  public String toString() {
    return url + " as " + lake.principal();
  }
}
