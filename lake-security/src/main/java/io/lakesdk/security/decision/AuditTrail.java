package io.lakesdk.security.decision;

import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.Resource;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.event.LakeEvent;
import io.lakesdk.event.LakeListener;
import io.lakesdk.security.AuditEntry;
import io.lakesdk.security.decision.AuditKeeper.Numbered;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down every decision. A refusal is in the audit before the asker learns of it; permissions
 * are written together, {@value #BATCH} at a time and at latest {@value #DELAY_MILLIS} ms after the
 * first, so that a process that is killed loses at most those. What is decided inside a metadata
 * transaction is written as soon as that is over, whether it commits or not. Where the audit cannot
 * be written, decisions wait in memory; when {@value #ROOM} of them do, {@link #requireRoom}
 * throws.
 */
final class AuditTrail implements LakeListener, AutoCloseable {

  static final int BATCH = 256;
  static final int DELAY_MILLIS = 250;
  static final int CROWD = 4_096;
  static final int ROOM = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int IDLE_SECONDS = 5;

  private final AuditKeeper audit;
  private final String lake;
  private final long writer = new SecureRandom().nextLong();
  private final AtomicLong sequence = new AtomicLong();
  private final ScheduledThreadPoolExecutor background;
  private final ReentrantLock flushing = new ReentrantLock();
  private final Object guard = new Object();
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private boolean planned;
  private boolean failing;
  private boolean closed;

  AuditTrail(AuditKeeper audit, String lake) {
    this.audit = audit;
    this.lake = lake;
    this.background = new ScheduledThreadPoolExecutor(1, AuditTrail::thread);
    background.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    background.allowCoreThreadTimeOut(true);
    background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    background.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "lake-audit");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void on(LakeEvent event) {
    if (event instanceof AccessDecidedEvent decided) {
      note(decided);
    }
  }

  private void note(AccessDecidedEvent decided) {
    boolean refused = !decided.decision().isAllowed();
    boolean crowded;
    synchronized (guard) {
      if (closed) {
        return;
      }
      waiting.add(numbered(decided));
      int size = waiting.size();
      crowded = size >= CROWD && !failing;
      flushLater();
      if (size % BATCH == 0 && !failing) {
        background.execute(this::flushQuietly);
      }
    }
    if ((refused || crowded) && !audit.mustWait()) {
      flushQuietly();
    }
  }

  private Numbered numbered(AccessDecidedEvent decided) {
    AccessRequest request = decided.request();
    Resource resource = request.resource();
    Optional<DatasetId> dataset = Optional.empty();
    Optional<Zone> zone = Optional.empty();
    if (resource instanceof Resource.OfDataset ofDataset) {
      dataset = Optional.of(ofDataset.dataset());
      zone = ofDataset.zone();
    } else if (resource instanceof Resource.OfZone ofZone) {
      zone = Optional.of(ofZone.zone());
    } else if (resource instanceof Resource.OfObject ofObject) {
      zone = Optional.of(ofObject.zone());
    }
    return number(
        new AuditEntry(
            decided.at(),
            request.principal(),
            request.action(),
            resource.subject(),
            zone,
            request.columns(),
            decided.decision().isAllowed(),
            decided.decision().reason()),
        dataset);
  }

  /** The entry, told from all others. */
  Numbered number(AuditEntry entry, Optional<DatasetId> dataset) {
    return new Numbered(writer, sequence.getAndIncrement(), entry, dataset);
  }

  /** Refuses to go on deciding what could not be written down. */
  void requireRoom() {
    synchronized (guard) {
      if (waiting.size() >= ROOM) {
        throw new UnavailableException(
            "decide in",
            Subject.of(Subject.Kind.LAKE, lake),
            "its audit could not be written for a while; see to where it is kept and try again");
      }
    }
  }

  /**
   * Writes what waits, and not what comes while it does; what cannot be written goes on waiting,
   * and so does everything inside a transaction.
   */
  void flush() {
    if (audit.mustWait()) {
      return;
    }
    flushing.lock();
    try {
      int left = waiting();
      while (left > 0) {
        List<Numbered> some = next(left);
        write(some);
        left -= some.size();
      }
    } finally {
      flushing.unlock();
    }
  }

  private int waiting() {
    synchronized (guard) {
      return waiting.size();
    }
  }

  /** They wait until they are written. While writing fails, it is tried with few. */
  private List<Numbered> next(int left) {
    synchronized (guard) {
      return waiting.stream().limit(Math.min(left, failing ? BATCH : CROWD)).toList();
    }
  }

  private void write(List<Numbered> some) {
    boolean done = false;
    try {
      audit.insert(some);
      done = true;
    } finally {
      synchronized (guard) {
        failing = !done;
        if (done) {
          some.forEach(written -> waiting.remove());
        } else {
          flushLater();
        }
      }
    }
  }

  /** Sees to it that what waits is written before long. Under the guard. */
  private void flushLater() {
    if (!planned) {
      planned = true;
      Future<?> unused = background.schedule(this::flushNow, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void flushNow() {
    synchronized (guard) {
      planned = false;
    }
    flushQuietly();
  }

  private void flushQuietly() {
    boolean failedBefore;
    synchronized (guard) {
      failedBefore = failing;
    }
    try {
      flush();
    } catch (RuntimeException e) {
      if (!failedBefore) {
        LOG.warn("The audit cannot be written; decisions wait in memory until it can", e);
      }
    }
  }

  /** Writes what waits and ends the writing. */
  @Override
  public void close() {
    synchronized (guard) {
      closed = true;
    }
    background.shutdown();
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.error("The lake was closed while its audit could not be written; decisions are lost", e);
    }
  }
}
