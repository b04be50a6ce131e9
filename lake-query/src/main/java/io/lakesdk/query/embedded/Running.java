package io.lakesdk.query.embedded;

import io.lakesdk.query.duckdb.Values;
import io.lakesdk.query.rows.RowStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement from its start to its end, with its own connection and the plan that it runs, both
 * closed with it. One thread works with it at a time; any thread may {@link #stop} it.
 */
final class Running implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final Duration AGAIN = Duration.ofMillis(10);

  private final Duck duck;
  private final Plan plan;
  private final Runnable atEnd;
  private final DuckDatabase database;
  private final DuckDBConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();
  private volatile @Nullable PreparedStatement statement;
  private volatile boolean ended;

  private Running(Duck duck, Plan plan, Optional<Duration> timeout, Runnable atEnd) {
    this.duck = duck;
    this.plan = plan;
    this.atEnd = atEnd;
    Duck.Connected connected = duck.connected();
    this.database = connected.database();
    this.connection = connected.connection();
    duck.started(this);
    timeout.ifPresent(limit -> duck.later(limit, () -> stop(RowStream.timedOut(limit))));
  }

  /** A statement whose rows, if it has any, are read before whoever starts it goes on. */
  static Running atOnce(Duck duck, Plan plan) {
    return atOnce(duck, plan, Optional.empty());
  }

  /** {@link #atOnce(Duck, Plan)} within a time. */
  static Running atOnce(Duck duck, Plan plan, Optional<Duration> timeout) {
    return new Running(duck, plan, timeout, () -> {});
  }

  /** A statement whose rows are handed out, which takes one of the places for that. */
  static Running withRows(Duck duck, Plan plan, Optional<Duration> timeout) {
    OpenResults results = duck.results();
    results.take(plan);
    try {
      return new Running(duck, plan, timeout, results::giveBack);
    } catch (RuntimeException e) {
      results.giveBack();
      throw e;
    }
  }

  /** Work that may fail as a statement does. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Starts the statement; its rows are read with {@link #guarded}. */
  ResultSet query(String sql) {
    return guarded(() -> duck.planned(() -> start(sql)));
  }

  private ResultSet start(String sql) throws SQLException {
    try {
      return prepared(sql).executeQuery();
    } catch (SQLException e) {
      boolean unknown = DuckErrors.isWithoutReason(e) && plan.rowFailure().isEmpty();
      if (unknown && stopped.get() == null) {
        // The driver loses the reason of a streaming statement that fails before its first row;
        // the same statement without rows tells it.
        prepared("EXPLAIN ANALYZE " + sql).execute();
      }
      throw e;
    }
  }

  /** Runs a statement that has no rows. */
  void execute(String sql) {
    guarded(() -> duck.planned(() -> prepared(sql).execute()));
  }

  DuckDBConnection connection() {
    return connection;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement earlier = statement;
    if (earlier != null) {
      earlier.close();
    }
    PreparedStatement next = connection.prepareStatement(sql);
    statement = next;
    List<@Nullable Object> parameters = plan.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      next.setObject(i + 1, Values.parameter(connection, parameters.get(i)));
    }
    return next;
  }

  /** Does work on the statement, with every failure translated. */
  <T> T guarded(Work<T> work) {
    lock.lock();
    try {
      String reason = stopped.get();
      if (reason != null) {
        throw DuckErrors.stopped(plan, reason);
      }
      if (ended) {
        throw new IllegalStateException("The statement was closed");
      }
      return work.run();
    } catch (SQLException e) {
      String reason = stopped.get();
      throw reason != null
          ? DuckErrors.stopped(plan, reason)
          : new DuckErrors(duck, plan).translate(e);
    } finally {
      lock.unlock();
    }
  }

  boolean isOn(DuckDatabase other) {
    return database == other;
  }

  /** Interrupts the statement; whoever works with it gets the reason. */
  void stop(String reason) {
    if (!ended && stopped.compareAndSet(null, reason)) {
      if (plan.readsSources()) {
        duck.aside(plan::stop);
      }
      interrupt();
    }
  }

  // DuckDB forgets an interrupt that comes just before a statement begins, so it is repeated.
  private void interrupt() {
    PreparedStatement current = statement;
    if (ended) {
      return;
    }
    if (current != null) {
      try {
        current.cancel();
      } catch (SQLException e) {
        // The statement has just failed or ended by itself, which is what was wanted.
        return;
      }
    }
    duck.later(AGAIN, this::interrupt);
  }

  /** Has the statement end at the latest when its rows were given up without closing them. */
  void endWith(Object rows) {
    duck.endWith(rows, this);
  }

  /** Ends the statement for those who forgot to. */
  void endForgotten() {
    if (!ended) {
      LOG.warn(
          "The rows of {} were neither read to their end nor closed; use try-with-resources",
          plan.subject());
      stop("its rows were given up");
      close();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        end();
      }
    } finally {
      lock.unlock();
      plan.close();
    }
  }

  private void end() {
    try {
      PreparedStatement current = statement;
      if (current != null) {
        current.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The engine did not end a statement", e);
    } finally {
      duck.ended(this);
      atEnd.run();
    }
  }
}
