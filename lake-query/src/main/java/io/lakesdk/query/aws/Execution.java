package io.lakesdk.query.aws;

import io.github.resilience4j.core.IntervalFunction;
import io.lakesdk.Lake;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.rows.RowStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * One statement in Athena, from its start to its end. One thread follows it; any thread may stop
 * it. A statement only reads, so that one of which Athena says that it may be started again is.
 */
final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final double GROWTH = 1.5;
  private static final double JITTER = 0.25;
  private static final int MOST_STARTS = 3;

  private final Lake lake;
  private final AthenaCalls calls;
  private final Executions executions;
  private final Query query;
  private final AthenaStatement statement;
  private final StartQueryExecutionRequest request;
  private final Pause pause;
  private final Optional<Instant> end;
  private final IntervalFunction pauses =
      IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE);
  private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile String id;
  private volatile @Nullable QueryExecution succeeded;
  private volatile boolean ended;

  private Execution(
      Lake lake,
      AthenaCalls calls,
      Executions executions,
      Query query,
      AthenaStatement statement,
      StartQueryExecutionRequest request,
      Pause pause) {
    this.lake = lake;
    this.calls = calls;
    this.executions = executions;
    this.query = query;
    this.statement = statement;
    this.request = request;
    this.pause = pause;
    this.end = query.timeout().map(lake.clock().instant()::plus);
    this.id = start();
  }

  /** Starts a statement. */
  static Execution start(
      Lake lake,
      AthenaCalls calls,
      Executions executions,
      Query query,
      AthenaStatement statement,
      StartQueryExecutionRequest request,
      Pause pause) {
    Execution execution = new Execution(lake, calls, executions, query, statement, request, pause);
    executions.opened(execution);
    return execution;
  }

  /** With a token of its own, by which Athena knows a repeated start. */
  private String start() {
    return calls.start(
        statement.subject(),
        request.toBuilder().clientRequestToken(UUID.randomUUID().toString()).build());
  }

  String id() {
    return id;
  }

  Subject subject() {
    return statement.subject();
  }

  AthenaCalls calls() {
    return calls;
  }

  /**
   * Waits until the statement has succeeded.
   *
   * @throws LakeException with what it failed with, or why it was stopped
   */
  QueryExecution await() {
    QueryExecution known = succeeded;
    int starts = 1;
    for (int poll = 1; known == null; poll++) {
      check();
      QueryExecution now = calls.state(subject(), id);
      QueryExecutionState state = now.status().state();
      if (state == QueryExecutionState.SUCCEEDED) {
        ended = true;
        limit(now);
        succeeded = now;
        known = now;
      } else if (state == QueryExecutionState.FAILED) {
        if (!StatementFailure.mayRunAgain(now) || starts == MOST_STARTS) {
          ended = true;
          check();
          throw new StatementFailure(lake, subject()).of(now);
        }
        starts++;
        pause(poll);
        check();
        id = start();
        if (stopped.get() != null) {
          cancel();
        }
      } else if (state == QueryExecutionState.CANCELLED) {
        ended = true;
        check();
        throw stopped(cancelled(now));
      } else {
        limit(now);
        pause(poll);
      }
    }
    check();
    return known;
  }

  /**
   * @throws UnavailableException if the statement was stopped or its time is over
   */
  void check() {
    if (end.isPresent() && !lake.clock().instant().isBefore(end.get())) {
      query.timeout().ifPresent(limit -> abandon(RowStream.timedOut(limit)));
    }
    String reason = stopped.get();
    if (reason != null) {
      throw stopped(reason);
    }
  }

  private UnavailableException stopped(String reason) {
    return new UnavailableException("run", subject(), reason);
  }

  /** Athena tells while and after it reads how much it has read. */
  private void limit(QueryExecution now) {
    Long read = now.statistics() == null ? null : now.statistics().dataScannedInBytes();
    long bytes = read == null ? 0 : read;
    if (bytes > query.scanLimit().orElse(Long.MAX_VALUE)) {
      abandon(
          "it scanned "
              + bytes
              + " bytes and may scan "
              + query.scanLimit().getAsLong()
              + ", which Athena tells only while it reads; ask for fewer partitions, raise"
              + " scanAtMost, or give the workgroup a limit of its own");
      check();
    }
  }

  private String cancelled(QueryExecution now) {
    return WorkgroupLimit.exceeded(now)
        ? WorkgroupLimit.message(now, calls.workgroup())
        : "somebody stopped it in Athena";
  }

  private void pause(int poll) {
    Duration time = Duration.ofMillis(pauses.apply(poll));
    if (end.isPresent()) {
      Duration left = Duration.between(lake.clock().instant(), end.get());
      time = left.compareTo(time) < 0 ? left : time;
    }
    try {
      if (!time.isNegative()) {
        pause.await(stop, time);
      }
    } catch (InterruptedException e) {
      abandon("the thread was interrupted");
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops the statement, now or as soon as Athena answers; whoever follows it gets the reason.
   *
   * @throws LakeException if Athena could not be told
   */
  void stop(String reason) {
    if (stopped.compareAndSet(null, reason)) {
      stop.countDown();
      if (!ended) {
        ended = true;
        cancel();
      }
    }
  }

  /** Also by a thread that was interrupted, which is why it stops the statement. */
  private void cancel() {
    boolean interrupted = Thread.interrupted();
    try {
      calls.stop(subject(), id);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** {@link #stop} for those who have an error of their own to tell. */
  void abandon(String reason) {
    try {
      stop(reason);
    } catch (LakeException e) {
      LOG.warn("Query execution {} runs on in Athena, since it could not be stopped", id, e);
    }
  }

  /** Ends what is open of it; a statement that still runs is stopped. */
  void close() {
    abandon("its rows were closed");
    executions.closed(this);
  }
}
