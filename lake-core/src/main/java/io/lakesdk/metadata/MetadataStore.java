package io.lakesdk.metadata;

import com.google.common.base.Splitter;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions on the lake's metadata. Writers run one at a time, over all processes that have
 * the lake open; readers see one consistent state for the whole of their transaction and never wait
 * for writers. A committed transaction survives a crash. Thread-safe.
 *
 * <p>A transaction started inside another one of the same thread is part of it: it commits or fails
 * with the outer one. That is how layers combine their changes.
 */
public final class MetadataStore implements AutoCloseable {

  private final Connections connections;
  private final Seam seam;
  private final Subject subject;
  private final ReentrantLock writing = new ReentrantLock();
  private final ThreadLocal<@Nullable SqliteTx> current = new ThreadLocal<>();

  private MetadataStore(Connections connections, Seam seam, Subject subject) {
    this.connections = connections;
    this.seam = seam;
    this.subject = subject;
  }

  /** Metadata that is gone when it is closed and was never on a disk. */
  public static MetadataStore inMemory(Seam seam) {
    Subject subject = Subject.of(Subject.Kind.METADATA, "in memory");
    return new MetadataStore(Connections.inMemory(subject), seam, subject);
  }

  /** Creates the database at this path. */
  public static MetadataStore create(Path file, Seam seam) {
    Subject subject = Subject.of(Subject.Kind.METADATA, file.toString());
    return new MetadataStore(Connections.toFile(file, subject), seam, subject);
  }

  /**
   * Opens the database at this path.
   *
   * @throws NotFoundException if it is not there
   * @throws BadDataException if it is not a database
   */
  public static MetadataStore open(Path file, Seam seam) {
    requireFile(file);
    Subject subject = Subject.of(Subject.Kind.METADATA, file.toString());
    return new MetadataStore(Connections.toFile(file, subject), seam, subject);
  }

  /**
   * Looks without touching anything.
   *
   * @throws NotFoundException if there is no database at this path
   */
  public static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new NotFoundException(
          "open",
          Subject.of(Subject.Kind.METADATA, file.toString()),
          "the file is gone while the lake's data is there; put it back from a backup, since"
              + " without it nobody knows which files are current");
    }
  }

  /**
   * Whether this thread is inside a transaction, so that what it does now joins that one and cannot
   * be durable before that one is.
   */
  public boolean inTransaction() {
    return current.get() != null;
  }

  /** Runs a transaction that only reads. */
  public <T> T read(Function<Tx, T> work) {
    SqliteTx outer = current.get();
    if (outer != null) {
      return work.apply(outer);
    }
    return seam.call(
        Call.READ_METADATA,
        subject,
        () -> connections.reading(c -> inTransaction(c, new SqliteTx(c, subject, true), work)));
  }

  /**
   * Runs a transaction that may change something: when the work returns its changes are committed,
   * and when it throws none of them is.
   */
  public <T> T write(Function<Tx, T> work) {
    SqliteTx outer = current.get();
    if (outer != null) {
      outer.requireWritable();
      return work.apply(outer);
    }
    List<Runnable> afterwards = new ArrayList<>();
    try {
      return seam.call(Call.WRITE_METADATA, subject, () -> writing(work, afterwards));
    } finally {
      afterwards.forEach(Runnable::run);
    }
  }

  private <T> T writing(Function<Tx, T> work, List<Runnable> afterwards) {
    writing.lock();
    try {
      return connections.writing(
          c -> {
            SqliteTx tx = new SqliteTx(c, subject, false);
            boolean committed = false;
            try {
              T result = inTransaction(c, tx, work);
              committed = true;
              return result;
            } finally {
              afterwards.addAll(tx.after(committed));
            }
          });
    } finally {
      writing.unlock();
    }
  }

  private <T> T inTransaction(SqliteConnection connection, SqliteTx tx, Function<Tx, T> work) {
    boolean done = false;
    try {
      tx.execute(tx.isReadOnly() ? "BEGIN" : "BEGIN IMMEDIATE");
      current.set(tx);
      T result = work.apply(tx);
      tx.execute("COMMIT");
      done = true;
      return result;
    } finally {
      current.remove();
      if (!done) {
        rollback(connection);
      }
    }
  }

  private static void rollback(SqliteConnection connection) {
    try {
      connection.prepared("ROLLBACK", PreparedStatement::execute);
    } catch (SQLException alreadyRolledBack) {
      // SQLite ends the transaction by itself on some errors; there is nothing left to undo
    }
  }

  /**
   * Brings a component's tables to their newest version. Does nothing where they are.
   *
   * @throws BadDataException if a newer SDK has been here
   */
  public void migrate(Migrations migrations) {
    if (version(migrations.component()) == migrations.steps().size()) {
      return;
    }
    write(
        tx -> {
          tx.update(
              "CREATE TABLE IF NOT EXISTS lake_component(name TEXT PRIMARY KEY, version INTEGER"
                  + " NOT NULL) STRICT");
          int version =
              tx.first(
                      "SELECT version FROM lake_component WHERE name = ?",
                      row -> (int) row.number("version"),
                      migrations.component())
                  .orElse(0);
          int newest = migrations.steps().size();
          if (version > newest) {
            throw new BadDataException(
                "open",
                subject,
                "its "
                    + migrations.component()
                    + " tables are of version "
                    + version
                    + " and this SDK knows versions up to "
                    + newest
                    + "; open the lake with the newer SDK that wrote it");
          }
          for (String step : migrations.steps().subList(version, newest)) {
            for (String statement : Splitter.onPattern(";\\s*\\n").split(step)) {
              if (!statement.isBlank()) {
                tx.update(statement);
              }
            }
          }
          tx.update(
              "INSERT INTO lake_component(name, version) VALUES (?, ?) ON CONFLICT(name) DO UPDATE"
                  + " SET version = excluded.version",
              migrations.component(),
              newest);
          return newest;
        });
  }

  private int version(String component) {
    return read(
        tx -> {
          boolean known =
              tx.first(
                      "SELECT 1 AS one FROM sqlite_master WHERE name = 'lake_component'",
                      row -> row.number("one"))
                  .isPresent();
          Optional<Integer> version =
              known
                  ? tx.first(
                      "SELECT version FROM lake_component WHERE name = ?",
                      row -> (int) row.number("version"),
                      component)
                  : Optional.empty();
          return version.orElse(0);
        });
  }

  @Override
  public void close() {
    connections.close();
  }
}
