package io.lakesdk.query.embedded;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.management.OperatingSystemMXBean;
import io.lakesdk.Lake;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectRef;
import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DuckDB of an open lake: one database in memory, made when a query or a workbench first needs
 * it, and made anew after a fatal error has ended it. Each statement has a connection of its own,
 * because DuckDB streams one result per connection.
 */
final class Duck implements AutoCloseable {

  /** The engine plans a thousand steps deep, with up to 6 KB each; what overflows ends the JVM. */
  private static final long PLANNING_STACK = 16 << 20;

  /** The lake, where it is the subject of an error. */
  static final Subject THIS = Subject.of(Subject.Kind.LAKE, "this");

  private static final Logger LOG = LoggerFactory.getLogger(Duck.class);

  private final LocalFiles files;
  private final Supplier<DuckDatabase> opener;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable DuckDatabase database;
  private final OpenResults results = new OpenResults();
  private final FileFacts facts = new FileFacts();
  private final RowFunction rowFunction = new RowFunction();
  private final AtomicLong schemas = new AtomicLong();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(threads("lake-query-timer", 0));
  private final ExecutorService planners =
      Executors.newCachedThreadPool(threads("lake-query-planner", PLANNING_STACK));
  private final Cleaner cleaner = Cleaner.create();
  private volatile boolean closed;

  /**
   * @param opener makes a database
   */
  Duck(LocalFiles files, Supplier<DuckDatabase> opener) {
    this.files = files;
    this.opener = opener;
  }

  private static ThreadFactory threads(String name, long stack) {
    return task -> {
      Thread thread = new Thread(null, task, name, stack);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The engine of an open lake. */
  static Duck of(Lake lake) {
    LocalFiles files = lake.backend().files();
    return lake.shared(Duck.class, () -> new Duck(files, () -> DuckDatabase.open(files)));
  }

  /** Gives the database rows that Java reads. */
  RowFunction rowFunction() {
    return rowFunction;
  }

  LocalFiles files() {
    return files;
  }

  FileFacts facts() {
    return facts;
  }

  OpenResults results() {
    return results;
  }

  /** The database in use. */
  DuckDatabase database() {
    opening.lock();
    try {
      if (closed) {
        throw closed();
      }
      DuckDatabase current = database;
      if (current == null) {
        current = opener.get();
        current.take(rowFunction);
        database = current;
      }
      return current;
    } finally {
      opening.unlock();
    }
  }

  /** A connection of its own; whoever asks closes it. */
  DuckDBConnection connect() {
    return connected().connection();
  }

  /** A connection, and the database that it is to. */
  record Connected(DuckDatabase database, DuckDBConnection connection) {}

  /** As {@link #connect}. */
  Connected connected() {
    while (true) {
      DuckDatabase current = database();
      try {
        return new Connected(current, current.connect());
      } catch (SQLException e) {
        if (database() == current) {
          throw new IllegalStateException("The engine gave no connection", e);
        }
        // Another thread has just found the database invalid; there is a new one.
      }
    }
  }

  /**
   * Takes note that something failed. If that has ended the database, the next statement gets a new
   * one, and what runs on the old one is stopped.
   */
  void failed(SQLException failure) {
    if (DuckErrors.mayBeFatal(failure)) {
      replaceInvalid().ifPresent(this::abandon);
    }
  }

  private Optional<DuckDatabase> replaceInvalid() {
    opening.lock();
    try {
      Optional<DuckDatabase> invalid =
          Optional.ofNullable(database).filter(DuckDatabase::isInvalid);
      if (invalid.isPresent()) {
        database = null;
      }
      return invalid;
    } finally {
      opening.unlock();
    }
  }

  private void abandon(DuckDatabase invalid) {
    LOG.warn("The engine had a fatal error; the next statement starts it anew");
    running.stream()
        .filter(statement -> statement.isOn(invalid))
        .forEach(statement -> statement.stop(DuckErrors.STARTED_ANEW));
    try {
      invalid.close();
    } catch (SQLException e) {
      LOG.warn("The engine's old database was not closed", e);
    }
  }

  /** Makes a schema for a workbench's tables; see {@link #dropSchema}. */
  String newSchema() {
    String name = "workbench" + schemas.incrementAndGet();
    execute("CREATE SCHEMA " + SqlText.name(name));
    return name;
  }

  /** Removes a schema and all that is in it, if that did not end with the lake or the database. */
  void dropSchema(String name) {
    try {
      execute("DROP SCHEMA IF EXISTS " + SqlText.name(name) + " CASCADE");
    } catch (UnavailableException ended) {
      LOG.debug("A workbench ended with its database", ended);
    }
  }

  /** Reads the result of a question. */
  interface Answer<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Asks something about files of a plan, beside its statement. */
  <T> T ask(Plan plan, String question, Answer<T> answer) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return answer.read(rows);
    } catch (SQLException e) {
      throw new DuckErrors(this, plan)
          .translate(DuckErrors.isWithoutReason(e) ? reason(question, e) : e);
    }
  }

  private SQLException reason(String question, SQLException unknown) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("EXPLAIN ANALYZE " + question);
      return unknown;
    } catch (SQLException reason) {
      return reason;
    }
  }

  private void execute(String sql) {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      failed(e);
      if (DuckDatabase.isRefusal(e)) {
        throw new UnavailableException("use", THIS, DuckErrors.STARTED_ANEW);
      }
      throw new IllegalStateException("The engine refused an internal statement", e);
    }
  }

  /** Does work that recurses as deep as a statement nests, on a stack that has room for it. */
  @SuppressWarnings("NullAway") // what the work returns, as it returns it
  <T> T planned(Running.Work<T> work) throws SQLException {
    try {
      return Uninterruptibles.getUninterruptibly(planners.submit(work::run));
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      Throwables.throwIfInstanceOf(cause, SQLException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException("The engine failed", cause);
    } catch (RejectedExecutionException e) {
      throw closed();
    }
  }

  /** Does work that may wait for others, and for which nobody waits. */
  void aside(Runnable work) {
    try {
      planners.execute(work);
    } catch (RejectedExecutionException closing) {
      work.run();
    }
  }

  void started(Running statement) {
    running.add(statement);
    if (closed) {
      running.remove(statement);
      throw closed();
    }
  }

  /** Ends a statement when nobody can reach its rows any more. */
  void endWith(Object rows, Running statement) {
    cleaner.register(rows, statement::endForgotten);
  }

  /** How many statements have rows to read. */
  int open() {
    return running.size();
  }

  void ended(Running statement) {
    running.remove(statement);
  }

  /** Runs a task after a while, unless the lake is closed before. */
  void later(Duration delay, Runnable task) {
    try {
      Future<?> unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The lake was closed, which has stopped every statement already.
      return;
    }
  }

  private static UnavailableException closed() {
    return new UnavailableException("query", THIS, "it was closed; open it again");
  }

  /** Stops what runs, waits for it to end, and gives all memory back. */
  @Override
  public void close() throws SQLException {
    closed = true;
    running.forEach(statement -> statement.stop("the lake was closed"));
    running.forEach(Running::close);
    timer.shutdownNow();
    planners.shutdown();
    opening.lock();
    try {
      DuckDatabase last = database;
      if (last != null) {
        last.close();
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * What DuckDB may do: read and write the lake's own files and folders, in UTC, with a share of
   * the machine, and nothing else. The order matters: what opens doors comes before what closes
   * them, and the last statement locks the configuration.
   */
  static final class Sandbox {

    private static final long MEGABYTE = 1 << 20;
    private static final long LEAST = 256;

    private Sandbox() {}

    static List<String> settings(LocalFiles files) {
      List<String> settings = new ArrayList<>();
      settings.add("SET threads = " + Runtime.getRuntime().availableProcessors());
      settings.add("SET memory_limit = '" + memoryInMegabytes() + "MiB'");
      Optional<Path> spill = files.spillFolder();
      settings.add("SET temp_directory = " + SqlText.literal(spill.map(Path::toString).orElse("")));
      settings.add("SET autoinstall_known_extensions = false");
      settings.add("SET autoload_known_extensions = false");
      settings.add("SET allow_community_extensions = false");
      settings.add("SET allow_persistent_secrets = false");
      settings.add("SET enable_external_file_cache = false");
      settings.add("SET parquet_metadata_cache = " + files.pathsAreFinal());
      settings.add("SET preserve_insertion_order = false");
      settings.add("SET TimeZone = 'UTC'");
      settings.add(
          "SET allowed_directories = "
              + SqlText.literals(files.folders().stream().map(Sandbox::folder).toList()));
      settings.add("SET enable_external_access = false");
      settings.add("SET lock_configuration = true");
      return settings;
    }

    private static String folder(Path path) {
      String text = path.toString();
      return text.endsWith("/") ? text : text + "/";
    }

    /** Half of what the machine, or the container, has beside Java's heap at its largest. */
    private static long memoryInMegabytes() {
      long machine =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getTotalMemorySize();
      long beside = machine - Runtime.getRuntime().maxMemory();
      return Math.max(LEAST, beside / 2 / MEGABYTE);
    }
  }

  /**
   * What was found out about files while reading them. An object's version never changes, so
   * neither does what is known of it; the files used least are forgotten.
   */
  static final class FileFacts {

    private static final long MOST_COLUMNS = 1_000_000;

    private final Cache<ObjectRef, Map<String, FileColumn>> columns =
        CacheBuilder.newBuilder()
            .maximumWeight(MOST_COLUMNS)
            .weigher((ObjectRef ref, Map<String, FileColumn> known) -> known.size() + 1)
            .build();
    private volatile boolean digits;

    /**
     * A column as a file has it.
     *
     * @param name as it is spelled there
     * @param position among the file's columns, from 0
     * @param type DuckDB's name of the type, where the file knows types
     * @param fineness how fine a timestamp is
     * @param digits how many digits a decimal has at most, by the file's statistics
     */
    record FileColumn(
        String name, int position, String type, Fineness fineness, OptionalInt digits) {

      FileColumn(String name, int position, String type, Fineness fineness) {
        this(name, position, type, fineness, OptionalInt.empty());
      }

      FileColumn withDigits(int most) {
        return new FileColumn(name, position, type, fineness, OptionalInt.of(most));
      }
    }

    /** How fine the timestamps of a column are. */
    enum Fineness {
      MILLISECONDS_OR_NONE,
      FINER
    }

    /** A file's columns by lower-case name, where they are known. */
    Optional<Map<String, FileColumn>> columns(ObjectRef file) {
      return Optional.ofNullable(columns.getIfPresent(file));
    }

    void learned(ObjectRef file, Map<String, FileColumn> known) {
      columns.put(file, known);
      if (known.values().stream().anyMatch(column -> column.digits().isPresent())) {
        digits = true;
      }
    }

    /** Whether the digits of any file's decimals were ever found out. */
    boolean haveDigits() {
      return digits;
    }
  }
}
