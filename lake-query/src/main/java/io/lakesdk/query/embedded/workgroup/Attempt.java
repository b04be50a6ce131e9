package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.Lake;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Bill;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.embedded.workgroup.ExecutionTable.Kept;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.syntax.MaskedStatement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One statement in a workgroup, from its start to its end, which comes once. One thread runs it;
 * any thread may cancel it.
 */
final class Attempt implements EmbeddedWorkgroups.Watch {

  private static final String CANCELLED = "it was cancelled";

  private final Clock clock;
  private final Optional<History> history;
  private final Workgroup group;
  private final Query query;
  private final Optional<ResultFiles> files;
  private QueryExecution execution;
  private Optional<String> fingerprint = Optional.empty();
  private @Nullable Runnable cancel;
  private boolean cancelled;

  /**
   * @param history where it is written down, if it is
   * @param files where its result is put, if it is
   */
  Attempt(
      Lake lake,
      Optional<History> history,
      Workgroup group,
      Query query,
      Optional<ResultFiles> files) {
    this.clock = lake.clock();
    this.history = history;
    this.group = group;
    this.query = query;
    this.files = files;
    this.execution =
        new QueryExecution(
            UUID.randomUUID().toString(),
            group.name(),
            Optional.of(lake.principal()),
            history.isPresent() ? MaskedStatement.of(query.text()) : "",
            query.database(),
            State.RUNNING,
            Optional.empty(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            QueryStats.ofDefinition());
    history.ifPresent(kept -> kept.began(this));
    note();
  }

  synchronized String id() {
    return execution.id();
  }

  String workgroup() {
    return group.name();
  }

  Optional<History> history() {
    return history;
  }

  private synchronized void note() {
    history.ifPresent(kept -> kept.note(kept(kept)));
  }

  private Kept kept(History kept) {
    return new Kept(execution, kept.process(), fingerprint);
  }

  /** The same execution at another point of its way. */
  static QueryExecution changed(
      QueryExecution execution,
      State state,
      Optional<String> reason,
      Optional<Instant> completed,
      Optional<String> results,
      QueryStats stats) {
    return new QueryExecution(
        execution.id(),
        execution.workgroup(),
        execution.by(),
        execution.statement(),
        execution.database(),
        state,
        reason,
        execution.submitted(),
        completed,
        results,
        state == State.FAILED ? stats.billed(Bill.free()) : stats);
  }

  private QueryExecution running(Optional<String> results, QueryStats stats) {
    return changed(execution, State.RUNNING, Optional.empty(), Optional.empty(), results, stats);
  }

  @Override
  public void planned(Subject statement, QueryStats stats) {
    long most = group.scanLimit().orElse(Long.MAX_VALUE);
    if (stats.bytesScanned() > most) {
      throw new UnavailableException(
          "run",
          statement,
          "it would scan "
              + stats.bytesScanned()
              + " bytes and may scan "
              + most
              + " in workgroup "
              + group.name()
              + "; ask for fewer partitions, or have whoever opened the lake raise its scanAtMost");
    }
  }

  @Override
  public synchronized void starts(Subject statement, QueryStats stats) {
    if (cancelled) {
      throw new UnavailableException("run", statement, CANCELLED);
    }
    QueryExecution before = execution;
    execution = running(execution.results(), stats);
    if (history.isPresent() && group.quota().isPresent()) {
      try {
        history.get().charge(kept(history.get()), group.quota().get(), statement);
      } catch (RuntimeException e) {
        execution = before;
        throw e;
      }
    } else {
      note();
    }
  }

  @Override
  public Optional<Rows> earlier(
      Supplier<Optional<List<Object>>> deciding, List<OutputColumn> columns) {
    if (history.isEmpty() || files.isEmpty() || !files.get().isOfWorkgroup()) {
      return Optional.empty();
    }
    Optional<String> print =
        deciding.get().map(all -> StoredValues.fingerprint(List.of(group.results().get(), all)));
    synchronized (this) {
      fingerprint = print;
    }
    if (print.isEmpty() || query.reuse().isEmpty()) {
      return Optional.empty();
    }
    Optional<QueryExecution> found =
        history.get().result(group.name(), print.get(), query.reuse().get());
    Optional<Rows> rows =
        found.flatMap(
            earlier ->
                files.get().read(earlier.id(), columns, execution.stats(), this::toldToStop));
    if (rows.isPresent()) {
      synchronized (this) {
        execution = running(found.get().results(), rows.get().stats());
      }
      note();
    }
    return rows;
  }

  /** Why the rows must not be read on, if so. */
  private synchronized Optional<String> toldToStop() {
    return cancelled ? Optional.of(CANCELLED) : Optional.empty();
  }

  /** Takes what stops the statement, which may have been cancelled already. */
  void started(Runnable stop, Consumer<Runnable> caller) {
    boolean now;
    synchronized (this) {
      cancel = stop;
      now = cancelled;
    }
    caller.accept(this::cancel);
    if (now) {
      cancel();
    }
  }

  /** Stops the statement, now or as soon as it can be. */
  void cancel() {
    Runnable stop;
    synchronized (this) {
      cancelled = true;
      stop = cancel;
    }
    if (stop != null) {
      stopped(CANCELLED);
      stop.run();
    }
  }

  /**
   * The files of its result, which are open; nothing if it is there already, or goes nowhere.
   *
   * @param columns of the result
   */
  synchronized Optional<ResultFiles.Writing> write(List<Rows.ResultColumn> columns) {
    return execution.results().isPresent()
        ? Optional.empty()
        : files.map(place -> place.write(execution.id(), columns, fingerprint.isPresent()));
  }

  void succeeded(QueryStats stats, Optional<String> results) {
    end(State.SUCCEEDED, null, results, stats);
  }

  void failed(LakeException failure) {
    end(State.FAILED, failure.getMessage(), Optional.empty(), stats());
  }

  /** It ends before its last row was read. */
  void stopped(String reason) {
    end(State.CANCELLED, reason, Optional.empty(), stats());
  }

  private synchronized QueryStats stats() {
    return execution.stats();
  }

  private void end(
      State state, @Nullable String reason, Optional<String> results, QueryStats stats) {
    synchronized (this) {
      if (execution.state().isEnd()) {
        return;
      }
      boolean failedSo = state == State.FAILED && cancelled;
      State ending = failedSo ? State.CANCELLED : state;
      Optional<String> why = Optional.ofNullable(failedSo ? CANCELLED : reason);
      Optional<String> file = results.isPresent() ? results : execution.results();
      execution = changed(execution, ending, why, Optional.of(clock.instant()), file, stats);
    }
    note();
    history.ifPresent(kept -> kept.ended(this));
  }
}
