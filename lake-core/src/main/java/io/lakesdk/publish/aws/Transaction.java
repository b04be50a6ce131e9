package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.error.LakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of some datasets that count together, if nothing that was looked at has changed until
 * then. Of one thread.
 *
 * <p>A single entry counts as soon as it is in its place, which is the one after what was looked
 * at. Several name a transaction, and count once the transaction's object says committed; a dataset
 * that was only looked at gets an entry that changes nothing and keeps its place.
 */
final class Transaction {

  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

  private final LogObjects objects;
  private final SortedMap<DatasetId, Piece> pieces = new TreeMap<>();
  private final List<Runnable> sending = new ArrayList<>();
  private final List<Runnable> refused = new ArrayList<>();
  private final List<Runnable> committed = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  Transaction(LogObjects objects) {
    this.objects = objects;
  }

  /** Something changed that was looked at; begin again. */
  static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One dataset: the entry that was the last, and those to be added. */
  private static final class Piece {
    private final Log log;
    private final long seen;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable State changed;

    private Piece(Log log) {
      this.log = log;
      this.seen = log.refresh().look(state -> state.entry);
    }

    private State requireUnchanged(State state) {
      if (state.entry != seen) {
        throw new OvertakenException();
      }
      return state;
    }

    /** With what is to be added. */
    private State changed() {
      State existing = changed;
      if (existing == null) {
        existing = log.look(state -> Checkpoint.of(requireUnchanged(state)).state(state.dataset));
        for (Entry entry : entries) {
          Fold.add(existing, entry);
        }
        changed = existing;
      }
      return existing;
    }
  }

  /** Looks at a dataset, with what this is to add to it. */
  <T> T look(Log log, Function<State, T> look) {
    Piece piece = pieces.computeIfAbsent(log.dataset(), id -> new Piece(log));
    return piece.entries.isEmpty()
        ? log.look(state -> look.apply(piece.requireUnchanged(state)))
        : look.apply(piece.changed());
  }

  /** The state that it makes of a dataset; empty if it changes nothing of it. */
  Optional<State> changed(Log log) {
    Piece piece = pieces.get(log.dataset());
    return piece == null || piece.entries.isEmpty()
        ? Optional.empty()
        : Optional.of(piece.changed());
  }

  /** Adds an entry to a dataset that was looked at. */
  void add(Log log, Entry entry) {
    Piece piece = pieces.computeIfAbsent(log.dataset(), id -> new Piece(log));
    piece.entries.add(entry);
    if (piece.changed != null) {
      Fold.add(piece.changed, entry);
    }
  }

  /** Is done when entries are about to leave; from then on nobody knows until this ends. */
  void whenSending(Runnable work) {
    sending.add(work);
  }

  /** Is done when what was sent does not count, and never will. */
  void whenRefused(Runnable work) {
    refused.add(work);
  }

  /** Is done when it counts. */
  void whenCommitted(Runnable work) {
    committed.add(work);
  }

  /** Is done after that, and may fail. */
  void afterwards(Runnable work) {
    afterwards.add(work);
  }

  /** Does what is to be done when it counts. */
  void finish() {
    committed.forEach(Runnable::run);
    List<LakeException> failures = new ArrayList<>();
    for (Runnable work : afterwards) {
      try {
        work.run();
      } catch (LakeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      LakeException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /** Waits for other transactions to end where this looked. */
  void settle() {
    pieces.values().forEach(piece -> piece.log.settle());
  }

  /** Makes it count; says no if something changed meanwhile, and nothing counts then. */
  boolean commit() {
    long changes = pieces.values().stream().mapToLong(piece -> piece.entries.size()).sum();
    if (changes == 0) {
      return true;
    }
    boolean done =
        (pieces.size() == 1 && changes == 1)
            ? commitOne(pieces.values().iterator().next())
            : commitTogether(UUID.randomUUID().toString());
    if (!done) {
      refused.forEach(Runnable::run);
    }
    return done;
  }

  private void sending() {
    sending.forEach(Runnable::run);
  }

  private boolean commitOne(Piece piece) {
    Entry entry = piece.entries.get(0);
    long number = piece.seen + 1;
    if (!objects.add(piece.log.dataset(), number, entry, this::sending)) {
      return false;
    }
    piece.log.fold(number, entry, true);
    piece.log.checkpoint(number);
    return true;
  }

  private boolean commitTogether(String id) {
    boolean done = false;
    boolean ended = false;
    try {
      if (addAll(id)) {
        ended = true;
        done = objects.end(id, true, this::sending);
      }
    } finally {
      if (!ended) {
        abort(id);
      }
    }
    if (done) {
      pieces.values().forEach(piece -> fold(piece, id));
    }
    return done;
  }

  private boolean addAll(String id) {
    for (Piece piece : pieces.values()) {
      long number = piece.seen;
      for (Entry entry : entries(piece)) {
        number++;
        if (!objects.add(piece.log.dataset(), number, entry.in(id), () -> {})) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Entry> entries(Piece piece) {
    return piece.entries.isEmpty() ? List.of(Entry.of(Entry.Kind.NOTHING)) : piece.entries;
  }

  private static void fold(Piece piece, String id) {
    long number = piece.seen;
    for (Entry entry : entries(piece)) {
      number++;
      piece.log.fold(number, entry.in(id), true);
      piece.log.checkpoint(number);
    }
  }

  private void abort(String id) {
    try {
      objects.end(id, false, () -> {});
    } catch (LakeException e) {
      LOG.info("Transaction {} is left to be ended by whoever meets it", id, e);
    }
  }
}
