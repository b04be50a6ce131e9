package io.lakesdk.metadata;

import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * The connections of one store: for a file one that writes and as many that read as there were
 * readers at once; in memory a single one, since the database is gone with its connection.
 */
final class Connections implements AutoCloseable {

  /** As the driver unpacks it into the folder for temporary files. */
  private static final Pattern UNPACKED = Pattern.compile("sqlite-.+-libsqlitejdbc\\.so");

  private static final int BUSY_MILLIS = 120_000;

  private final String url;
  private final Subject subject;
  private final @Nullable ReentrantLock single;
  private final SqliteConnection writer;
  private final ConcurrentLinkedQueue<SqliteConnection> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private Connections(String url, Subject subject, @Nullable ReentrantLock single) {
    this.url = url;
    this.subject = subject;
    this.single = single;
    this.writer = connect();
    NativeLibraries.removeFiles(UNPACKED);
  }

  static Connections inMemory(Subject subject) {
    return new Connections("jdbc:sqlite::memory:", subject, new ReentrantLock());
  }

  static Connections toFile(Path file, Subject subject) {
    return new Connections("jdbc:sqlite:" + file.toAbsolutePath(), subject, null);
  }

  private SqliteConnection connect() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    if (single == null) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    }
    try {
      return new SqliteConnection(JDBC.createConnection(url, config.toProperties()));
    } catch (SQLException e) {
      throw SqliteErrors.translate(subject, e);
    }
  }

  <T> T writing(Function<SqliteConnection, T> work) {
    requireOpen();
    if (single != null) {
      return exclusively(single, work);
    }
    return work.apply(writer);
  }

  <T> T reading(Function<SqliteConnection, T> work) {
    requireOpen();
    if (single != null) {
      return exclusively(single, work);
    }
    SqliteConnection connection = idle.poll();
    if (connection == null) {
      connection = connect();
    }
    try {
      return work.apply(connection);
    } finally {
      idle.add(connection);
      if (closed) {
        closeIdle();
      }
    }
  }

  private <T> T exclusively(ReentrantLock lock, Function<SqliteConnection, T> work) {
    lock.lock();
    try {
      requireOpen();
      return work.apply(writer);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new UnavailableException("use", subject, "the lake was closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
    if (single != null) {
      exclusivelyClose(single);
    } else {
      close(writer);
    }
  }

  private void exclusivelyClose(ReentrantLock lock) {
    lock.lock();
    try {
      close(writer);
    } finally {
      lock.unlock();
    }
  }

  private void closeIdle() {
    for (SqliteConnection c = idle.poll(); c != null; c = idle.poll()) {
      close(c);
    }
  }

  private void close(SqliteConnection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteErrors.translate(subject, e);
    }
  }
}
