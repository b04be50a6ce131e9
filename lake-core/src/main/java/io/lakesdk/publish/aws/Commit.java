package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Principal;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.publish.draft.Conflicts;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.Origin;
import io.lakesdk.storage.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the entry of one draft, as part of a transaction. */
final class Commit {

  private final AwsBackend backend;
  private final LogObjects objects;
  private final Log log;
  private final GlueDraft draft;

  Commit(AwsBackend backend, Transactions transactions, GlueDraft draft) {
    this.backend = backend;
    this.objects = transactions.objects();
    this.log = transactions.log(draft.dataset().id());
    this.draft = draft;
  }

  Publication run(Transaction transaction, Instant at, Principal by) {
    Optional<Publication> repeated =
        transaction.look(
            log,
            state -> {
              state.requireLayout(Layout.of(draft.dataset()));
              Optional<Publication> earlier = GlueDraft.receipt(state, draft.load());
              earlier.ifPresent(publication -> repeat(transaction, state, publication));
              return earlier;
            });
    if (repeated.isPresent()) {
      return repeated.get();
    }
    requireNothingGone(transaction.look(log, this::givenUp));
    long number =
        transaction.look(
            log,
            state -> {
              Conflicts.requireNone(draft, state);
              return state.version() + 1;
            });
    draft.requireFiles();
    note();
    transaction.add(log, entry(at, by));
    transaction.whenSending(draft::submit);
    transaction.whenRefused(draft::refused);
    transaction.whenCommitted(draft::published);
    return new Publication(
        draft.dataset().id(),
        draft.load(),
        draft.write(),
        number,
        Outcome.PUBLISHED,
        draft.files());
  }

  private void repeat(Transaction transaction, State state, Publication earlier) {
    boolean own =
        state.made(earlier.version()).attempt().filter(draft.attempt()::equals).isPresent();
    transaction.whenCommitted(own ? draft::published : draft::discard);
  }

  private List<ObjectRef> givenUp(State state) {
    return draft.files().stream().map(DataFile::object).filter(state.garbage::containsKey).toList();
  }

  /** What others wrote is given up and yet never removed, so that it can be a file again. */
  private void requireNothingGone(List<ObjectRef> givenUp) {
    for (ObjectRef object : givenUp) {
      if (Origin.of(backend.store(object.zone()), object) != Origin.OTHERS) {
        throw GlueDraft.gone(object);
      }
    }
  }

  private Entry entry(Instant at, Principal by) {
    return new Entry(
        Entry.Kind.valueOf(draft.write().name()),
        null,
        at.toString(),
        by.toString(),
        draft.load().text(),
        draft.attempt(),
        Layout.of(draft.dataset()).print(),
        draft.sources().stream().map(Entry.Source::of).toList(),
        draft.files().stream().map(file -> Entry.File.of(file, isOutside(file))).toList(),
        draft.write() == Write.OVERWRITE_PARTITIONS
            ? draft.partitions().stream().map(Partition::path).toList()
            : List.of(),
        hasMore() ? true : null,
        null,
        List.of(),
        List.of());
  }

  private boolean isOutside(DataFile file) {
    return !file.object().key().startsWith(draft.dataset().location());
  }

  /** Whether folders of the draft may hold more than the files of their partition. */
  private boolean hasMore() {
    return draft.hasSpares() || draft.files().stream().anyMatch(this::isMisplaced);
  }

  /** Whether it lies where files of another partition do. */
  private boolean isMisplaced(DataFile file) {
    String path = file.partition().path();
    String home = draft.dataset().location() + (path.isEmpty() ? "" : path + "/");
    return !isOutside(file) && !file.object().key().startsWith(home);
  }

  /** Says, before it is so, what others find by looking elsewhere than in this log. */
  private void note() {
    for (Version.Source source : draft.sources()) {
      if (source.version().isPresent() && log.noted().add("made " + source.name())) {
        objects.noteMade(source.name(), log.dataset());
      }
    }
    for (DataFile file : draft.files()) {
      String key = file.object().key();
      String folder = key.substring(0, key.lastIndexOf('/') + 1);
      if (isOutside(file) && log.noted().add("borrowed " + folder)) {
        objects.noteBorrowed(file.object().zone(), folder, log.dataset());
      }
    }
  }
}
