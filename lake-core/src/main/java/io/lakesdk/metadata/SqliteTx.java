package io.lakesdk.metadata;

import io.lakesdk.error.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction on one SQLite connection. */
final class SqliteTx implements Tx {

  private static final long MICROS_A_SECOND = 1_000_000;
  private static final int NANOS_A_MICRO = 1000;

  private final SqliteConnection connection;
  private final Subject subject;
  private final boolean readOnly;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final List<Runnable> afterRollback = new ArrayList<>();

  SqliteTx(SqliteConnection connection, Subject subject, boolean readOnly) {
    this.connection = connection;
    this.subject = subject;
    this.readOnly = readOnly;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** What is to be done now that the transaction has ended so. */
  List<Runnable> after(boolean committed) {
    return committed ? afterCommit : afterRollback;
  }

  void requireWritable() {
    if (readOnly) {
      throw new IllegalStateException("a write was started inside a transaction that only reads");
    }
  }

  void execute(String sql) {
    run(sql, PreparedStatement::execute);
  }

  @Override
  public <T> List<T> list(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    List<T> rows = new ArrayList<>();
    each(sql, row -> rows.add(mapper.apply(row)), parameters);
    return rows;
  }

  @Override
  public <T> Optional<T> first(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return run(
        sql,
        statement -> {
          bind(statement, parameters);
          try (ResultSet results = statement.executeQuery()) {
            return results.next() ? Optional.of(mapper.apply(new Row(results))) : Optional.empty();
          }
        });
  }

  @Override
  public void each(String sql, Consumer<Row> consumer, @Nullable Object... parameters) {
    run(
        sql,
        statement -> {
          bind(statement, parameters);
          try (ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            while (results.next()) {
              consumer.accept(row);
            }
          }
          return true;
        });
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) {
    requireWritable();
    return run(
        sql,
        statement -> {
          bind(statement, parameters);
          return statement.executeUpdate();
        });
  }

  @Override
  public void batch(String sql, Collection<@Nullable Object[]> parameters) {
    requireWritable();
    run(
        sql,
        statement -> {
          for (@Nullable Object[] row : parameters) {
            bind(statement, row);
            statement.executeUpdate();
          }
          return true;
        });
  }

  @Override
  public long lastKey() {
    return first("SELECT last_insert_rowid() AS id", row -> row.number("id")).orElse(0L);
  }

  @Override
  public void afterCommit(Runnable action) {
    requireWritable();
    afterCommit.add(action);
  }

  @Override
  public void afterRollback(Runnable action) {
    requireWritable();
    afterRollback.add(action);
  }

  private <T> T run(String sql, SqliteConnection.Work<T> work) {
    try {
      return connection.prepared(sql, work);
    } catch (SQLException e) {
      throw SqliteErrors.translate(subject, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, plain(parameters[i]));
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElse(null));
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), MICROS_A_SECOND),
          instant.getNano() / NANOS_A_MICRO);
    }
    return value;
  }
}
