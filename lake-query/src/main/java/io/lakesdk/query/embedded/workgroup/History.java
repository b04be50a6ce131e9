package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.query.Workgroup;
import io.lakesdk.query.Workgroups;
import io.lakesdk.query.embedded.workgroup.ExecutionTable.Kept;
import java.lang.ref.Cleaner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executions of one open lake. What becomes of them is written together, at latest {@value
 * #DELAY_MILLIS} ms after the first change, by a thread of its own, so that no statement waits for
 * it; whoever reads the history has what this lake knows written first. Where it cannot be written,
 * the last {@value #ROOM} executions wait in memory. Thread-safe.
 */
final class History implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final int DELAY_MILLIS = 250;
  private static final int ROOM = 10_000;
  private static final int IDLE_SECONDS = 5;
  private static final Duration BETWEEN_CLEARINGS = Duration.ofHours(1);

  private final MetadataStore metadata;
  private final Clock clock;
  private final String process = RunningProcess.current();
  private final Cleaner cleaner = Cleaner.create();
  private final ScheduledThreadPoolExecutor background;
  private final ReentrantLock flushing = new ReentrantLock();
  private final Map<String, Kept> waiting = new LinkedHashMap<>();
  private final Map<String, Attempt> running = new ConcurrentHashMap<>();
  private boolean planned;
  private Instant cleared = Instant.MIN;

  private History(MetadataStore metadata, Clock clock) {
    this.metadata = metadata;
    this.clock = clock;
    metadata.migrate(WorkgroupTables.MIGRATIONS);
    this.background = new ScheduledThreadPoolExecutor(1, History::thread);
    background.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    background.allowCoreThreadTimeOut(true);
    background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    background.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  static History of(Lake lake, MetadataStore metadata) {
    return lake.shared(History.class, () -> new History(metadata, lake.clock()));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "lake-query-history");
    thread.setDaemon(true);
    return thread;
  }

  String process() {
    return process;
  }

  void began(Attempt attempt) {
    running.put(attempt.id(), attempt);
  }

  void ended(Attempt attempt) {
    running.remove(attempt.id());
  }

  /** What runs in this open lake. */
  Optional<Attempt> running(String id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Has something done when rows were given up without closing them. */
  void whenGivenUp(Object rows, Runnable work) {
    Cleaner.Cleanable unused = cleaner.register(rows, work);
  }

  /** Notes what became of an execution. */
  void note(Kept kept) {
    synchronized (waiting) {
      waiting.put(kept.execution().id(), kept);
      if (waiting.size() > ROOM) {
        waiting.remove(waiting.keySet().iterator().next());
      }
      if (!planned) {
        planned = true;
        Future<?> unused =
            background.schedule(this::flushQuietly, DELAY_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  /**
   * Notes an execution, at once and durably, if what it reads is left for its workgroup.
   *
   * @param subject the statement, for the message
   * @throws UnavailableException if it is not
   */
  void charge(Kept kept, Workgroup.Quota quota, Subject subject) {
    String group = kept.execution().workgroup();
    long wanted = kept.execution().stats().bytesScanned();
    Instant since = clock.instant().minus(quota.window());
    long read =
        write(
            tx -> {
              long before = ExecutionTable.scanned(tx, group, since);
              if (wanted <= quota.bytes() - before) {
                ExecutionTable.put(tx, List.of(kept));
              }
              return before;
            });
    if (wanted > quota.bytes() - read) {
      throw new UnavailableException(
          "run",
          subject,
          "it would scan "
              + wanted
              + " bytes, and of the "
              + quota.bytes()
              + " that workgroup "
              + group
              + " may scan in "
              + words(quota.window())
              + " it has scanned "
              + read
              + "; wait, ask for fewer partitions, or have whoever opened the lake raise"
              + " scanTogetherAtMost");
    }
  }

  private static String words(Duration window) {
    return window.toMinutes() + (window.toMinutes() == 1 ? " minute" : " minutes");
  }

  /** An earlier result; none where the history cannot be looked at, which stops no statement. */
  Optional<QueryExecution> result(String workgroup, String fingerprint, Duration age) {
    Instant since = clock.instant().minus(age);
    try {
      flush();
      return metadata.read(tx -> ExecutionTable.result(tx, workgroup, fingerprint, since));
    } catch (LakeException e) {
      LOG.warn("The history of workgroups cannot be used; statements are computed again", e);
      return Optional.empty();
    }
  }

  List<QueryExecution> list(String workgroup, Optional<Principal> by, int most) {
    flush();
    return metadata.read(tx -> ExecutionTable.list(tx, workgroup, by, firstKept(), most)).stream()
        .map(this::asItIs)
        .toList();
  }

  Optional<QueryExecution> find(String id) {
    flush();
    return metadata.read(tx -> ExecutionTable.find(tx, id, firstKept())).map(this::asItIs);
  }

  private Instant firstKept() {
    return clock.instant().minus(Workgroups.HISTORY_KEPT);
  }

  /** What a process ran that is no more has failed. */
  private QueryExecution asItIs(Kept kept) {
    QueryExecution execution = kept.execution();
    return execution.state().isEnd()
            || kept.process().equals(process)
            || RunningProcess.isAlive(kept.process())
        ? execution
        : Attempt.changed(
            execution,
            State.FAILED,
            Optional.of("the process that ran it ended"),
            Optional.empty(),
            Optional.empty(),
            execution.stats());
  }

  /** Writes what waits; what cannot be written goes on waiting. */
  private void flush() {
    boolean some;
    synchronized (waiting) {
      some = !waiting.isEmpty();
    }
    if (some && !metadata.inTransaction()) {
      boolean unused = write(tx -> true);
    }
  }

  /**
   * Writes what waits and then something else, in one transaction. Inside another one, which may
   * yet be undone, what waits goes on waiting.
   */
  private <T> T write(Function<Tx, T> more) {
    flushing.lock();
    try {
      Collection<Kept> some;
      synchronized (waiting) {
        some = metadata.inTransaction() ? List.of() : List.copyOf(waiting.values());
      }
      Instant now = clock.instant();
      boolean clear = cleared.isBefore(now.minus(BETWEEN_CLEARINGS));
      T answer =
          metadata.write(
              tx -> {
                ExecutionTable.put(tx, some);
                if (clear) {
                  ExecutionTable.forget(tx, firstKept());
                }
                return more.apply(tx);
              });
      cleared = clear ? now : cleared;
      synchronized (waiting) {
        some.forEach(written -> waiting.remove(written.execution().id(), written));
      }
      return answer;
    } finally {
      flushing.unlock();
    }
  }

  private void flushQuietly() {
    synchronized (waiting) {
      planned = false;
    }
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("The history of workgroups cannot be written; it waits in memory", e);
    }
  }

  /** Ends what runs, and writes what waits. */
  @Override
  public void close() {
    List.copyOf(running.values()).forEach(attempt -> attempt.stopped("the lake was closed"));
    background.shutdown();
    flushQuietly();
  }
}
