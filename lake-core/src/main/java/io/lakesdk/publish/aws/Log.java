package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.error.LakeException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one dataset, and what it adds up to as far as this lake has read it. Entries never
 * change, so that only those that were added since are read. Thread-safe.
 */
final class Log {

  /** A checkpoint is made when so many entries were added after the one before. */
  static final int ENTRIES_A_CHECKPOINT = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Log.class);
  private static final int POLLS = 100;
  private static final long POLL_MILLIS = 50;

  private final DatasetId dataset;
  private final LogObjects objects;
  private final ReadWriteLock guard = new ReentrantReadWriteLock();
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Set<String> noted = ConcurrentHashMap.newKeySet();
  private State state;
  private boolean loaded;

  Log(DatasetId dataset, LogObjects objects) {
    this.dataset = dataset;
    this.objects = objects;
    this.state = new State(dataset);
  }

  DatasetId dataset() {
    return dataset;
  }

  /** Held by writers of this lake, so that they do not race each other. */
  ReentrantLock turn() {
    return turn;
  }

  /** What is known to be noted beside the log. */
  Set<String> noted() {
    return noted;
  }

  /** Looks at what is known. */
  <T> T look(Function<State, T> look) {
    guard.readLock().lock();
    try {
      return look.apply(state);
    } finally {
      guard.readLock().unlock();
    }
  }

  /** Reads what was added, up to an entry of which nobody knows yet whether it counts. */
  Log refresh() {
    load();
    for (int read = 1; ; read++) {
      long next = look(known -> known.entry) + 1;
      Optional<Entry> entry = objects.entry(dataset, next);
      if (entry.isEmpty() || !add(next, entry.get())) {
        return this;
      }
      if (read % ENTRIES_A_CHECKPOINT == 0) {
        reload();
      }
    }
  }

  private boolean add(long number, Entry entry) {
    Optional<Boolean> counts =
        entry.transaction() == null ? Optional.of(true) : objects.committed(entry.transaction());
    counts.ifPresent(is -> fold(number, entry, is));
    return counts.isPresent();
  }

  /** Adds an entry that is known to be in its place. */
  void fold(long number, Entry entry, boolean counts) {
    guard.writeLock().lock();
    try {
      if (state.entry != number - 1) {
        return;
      }
      if (counts) {
        Fold.add(state, entry);
      } else {
        Fold.skip(state);
      }
    } finally {
      guard.writeLock().unlock();
    }
  }

  private void load() {
    boolean first = look(known -> !loaded);
    if (first) {
      reload();
    }
  }

  private void reload() {
    Optional<State> newest = objects.checkpoint(dataset);
    guard.writeLock().lock();
    try {
      loaded = true;
      if (newest.isPresent() && newest.get().entry > state.entry) {
        state = newest.get();
      }
    } finally {
      guard.writeLock().unlock();
    }
  }

  /**
   * Reads what was added. Where a transaction has not ended, it is given some time, and is then
   * ended, so that there is a place after it.
   */
  void settle() {
    for (int poll = 0; ; poll++) {
      refresh();
      long next = look(known -> known.entry) + 1;
      Optional<String> open = objects.entry(dataset, next).map(Entry::transaction);
      if (open.isEmpty()) {
        return;
      }
      if (poll == POLLS) {
        objects.end(open.get(), false, () -> {});
      } else {
        pause(POLL_MILLIS);
      }
    }
  }

  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes a checkpoint where it is time for one. */
  void checkpoint(long added) {
    if (added % ENTRIES_A_CHECKPOINT != 0) {
      return;
    }
    try {
      objects.addCheckpoint(dataset, look(Checkpoint::of));
    } catch (LakeException e) {
      LOG.info("A checkpoint of {} is left to a later load", dataset, e);
    }
  }
}
