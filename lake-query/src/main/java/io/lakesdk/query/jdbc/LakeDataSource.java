package io.lakesdk.query.jdbc;

import io.lakesdk.Lake;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.Wrapped;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a lake that the application has open, and closes. Connections are light: each is a
 * view of the lake. Immutable and thread-safe.
 */
public final class LakeDataSource implements DataSource {

  static final String DEFAULT_DATABASE = "default";

  private final Lake lake;
  private final String database;
  private final Optional<String> workgroup;

  private LakeDataSource(Lake lake, String database, Optional<String> workgroup) {
    this.lake = Objects.requireNonNull(lake, "lake");
    this.database = Objects.requireNonNull(database, "database");
    this.workgroup = workgroup;
  }

  /** Connections as the principal of this lake, or, if that is the administrator, as anybody. */
  public static LakeDataSource of(Lake lake) {
    return new LakeDataSource(lake, DEFAULT_DATABASE, Optional.empty());
  }

  /** Looks names without a database up in this one, in new connections. */
  public LakeDataSource in(String otherDatabase) {
    return new LakeDataSource(lake, otherDatabase, workgroup);
  }

  /** Runs statements of new connections in this workgroup. */
  public LakeDataSource workgroup(String name) {
    return new LakeDataSource(lake, database, Optional.of(name));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(Optional.empty());
  }

  /**
   * A connection of this principal, which is written as {@link LakeDriver} says.
   *
   * @param password not looked at
   * @throws SQLException with state 28000 if the lake is a view of another principal
   */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return connect(Optional.ofNullable(user).filter(name -> !name.isBlank()));
  }

  private Connection connect(Optional<String> user) throws SQLException {
    return new LakeConnection(
        Principals.view(lake, user), LakeUrl.PREFIX + lake.name(), database, workgroup, () -> {});
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw JdbcErrors.unsupported("a log writer; the SDK logs through SLF4J");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds != 0) {
      throw JdbcErrors.unsupported("a login timeout; there is nothing to wait for");
    }
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw noLogger();
  }

  static SQLFeatureNotSupportedException noLogger() {
    return JdbcErrors.unsupported("a logger of java.util.logging; the SDK logs through SLF4J");
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
