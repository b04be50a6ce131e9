package io.lakesdk.query.embedded;

import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.storage.LocalFiles;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * The one DuckDB database of an open lake: in memory, sealed off by {@link Sandbox}, made when a
 * query or a workbench first needs it. Each statement has a connection of its own, because DuckDB
 * streams one result per connection.
 */
final class Duck implements AutoCloseable {

  private final DuckDBConnection root;
  private final LocalFiles files;
  private final FileFacts facts = new FileFacts();
  private final AtomicLong schemas = new AtomicLong();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;
  private volatile boolean closed;

  private Duck(DuckDBConnection root, LocalFiles files) {
    this.root = root;
    this.files = files;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lake-query-timer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The database of an open lake. */
  static Duck of(Lake lake) {
    LocalFiles files = ((EmbeddedBackend) lake.backend()).files();
    return lake.shared(Duck.class, () -> open(files));
  }

  private static Duck open(LocalFiles files) {
    try {
      Properties properties = new Properties();
      properties.setProperty("jdbc_stream_results", "true");
      DuckDBConnection root =
          (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
      try (Statement statement = root.createStatement()) {
        for (String macro : Translator.prelude()) {
          statement.execute(macro);
        }
        for (String setting : Sandbox.settings(files)) {
          statement.execute(setting);
        }
      }
      return new Duck(root, files);
    } catch (SQLException e) {
      throw new IllegalStateException("The engine did not start", e);
    }
  }

  LocalFiles files() {
    return files;
  }

  FileFacts facts() {
    return facts;
  }

  /** A connection of its own; whoever asks closes it. */
  DuckDBConnection connect() {
    try {
      if (!closed) {
        return root.duplicate();
      }
    } catch (SQLException e) {
      if (!closed) {
        throw new IllegalStateException("The engine gave no connection", e);
      }
    }
    throw closed();
  }

  /** Makes a schema for a workbench's tables; see {@link #dropSchema}. */
  String newSchema() {
    String name = "workbench" + schemas.incrementAndGet();
    execute("CREATE SCHEMA " + SqlText.name(name));
    return name;
  }

  /** Removes a schema and all that is in it; does nothing once the lake is closed. */
  void dropSchema(String name) {
    if (!closed) {
      execute("DROP SCHEMA IF EXISTS " + SqlText.name(name) + " CASCADE");
    }
  }

  private void execute(String sql) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The engine refused an internal statement", e);
    }
  }

  void started(Running statement) {
    running.add(statement);
    if (closed) {
      running.remove(statement);
      throw closed();
    }
  }

  void ended(Running statement) {
    running.remove(statement);
  }

  /** Runs a task after a while, unless the lake is closed before. */
  void later(Duration delay, Runnable task) {
    try {
      timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The lake was closed, which has stopped every statement already.
      return;
    }
  }

  private static UnavailableException closed() {
    return new UnavailableException(
        "query", Subject.of(Subject.Kind.LAKE, "this"), "it was closed; open it again");
  }

  /** Stops what runs, waits for it to end, and gives all memory back. */
  @Override
  public void close() throws SQLException {
    closed = true;
    running.forEach(statement -> statement.stop("the lake was closed"));
    running.forEach(Running::close);
    timer.shutdownNow();
    root.close();
  }
}
