package io.lakesdk.publish.aws;

import io.lakesdk.Principal;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Snapshot.Totals;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.aws.Part.Row;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.storage.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Adds an entry to what a log adds up to. The same entries make the same state everywhere. */
final class Fold {

  private final State state;
  private final Entry entry;
  private final long next;
  private Totals totals;
  private long removed;

  private Fold(State state, Entry entry) {
    this.state = state;
    this.entry = entry;
    this.next = state.version() + 1;
    this.totals = state.totals(state.version());
  }

  /** Adds an entry that counts. */
  static void add(State state, Entry entry) {
    state.entry++;
    if (entry.changesContent()) {
      state.content = state.entry;
    }
    Fold fold = new Fold(state, entry);
    switch (entry.kind()) {
      case APPEND, OVERWRITE, OVERWRITE_PARTITIONS -> fold.load();
      case ROLLBACK -> fold.rollback(Objects.requireNonNull(entry.restored()));
      case VACUUM -> fold.vacuum();
      case CLEARED -> entry.objects().forEach(item -> state.garbage.remove(item.object()));
      case REMOVE -> fold.remove();
      case NOTHING -> {}
    }
  }

  /** Passes over an entry of a transaction that was not committed. */
  static void skip(State state) {
    state.entry++;
  }

  private void load() {
    if (state.layout == null) {
      state.layout = Layout.parse(Objects.requireNonNullElse(entry.layout(), ""));
      state.birth = state.entry;
    }
    if (entry.kind() == Entry.Kind.OVERWRITE) {
      state.parts.values().forEach(part -> removed += part.end(next).files());
      totals = State.NOTHING;
    } else if (entry.kind() == Entry.Kind.OVERWRITE_PARTITIONS) {
      Set<String> replaced = new HashSet<>(entry.replaced());
      entry.files().forEach(file -> replaced.add(path(file)));
      replaced.forEach(this::replace);
    }
    List<DataFile> added = new ArrayList<>();
    for (Entry.File file : entry.files()) {
      Part part = part(path(file));
      added.add(file.in(part.partition));
      state.garbage.remove(file.in(part.partition).object());
      add(part, new Row(file.in(part.partition), file.isOutside(), next));
    }
    make(
        Optional.of(LoadId.of(Objects.requireNonNull(entry.load()))),
        OptionalLong.empty(),
        added.size(),
        rows(added));
  }

  private static String path(Entry.File file) {
    return Objects.requireNonNullElse(file.partition(), "");
  }

  private void replace(String path) {
    Part part = part(path);
    Totals ended = part.end(next);
    part.changed = next;
    removed += ended.files();
    totals = plus(totals, ended, -1);
  }

  private Part part(String path) {
    return state.parts.computeIfAbsent(
        path,
        p -> {
          Partition partition = Partition.parse(p);
          return new Part(partition, state.layout().values(state.dataset.toString(), partition));
        });
  }

  private void add(Part part, Row row) {
    boolean first = part.open().findAny().isEmpty();
    totals =
        plus(totals, new Totals(first ? 1 : 0, 1, row.file.bytes(), row.file.rows().orElse(0)), 1);
    row.begin(next);
    part.rows.add(row);
    part.changed = next;
  }

  private static Totals plus(Totals totals, Totals change, int sign) {
    return new Totals(
        totals.partitions() + sign * change.partitions(),
        totals.files() + sign * change.files(),
        totals.bytes() + sign * change.bytes(),
        totals.rows() + sign * change.rows());
  }

  private static OptionalLong rows(List<DataFile> files) {
    return files.stream().allMatch(file -> file.rows().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.rows().orElse(0)).sum())
        : OptionalLong.empty();
  }

  private void rollback(long target) {
    List<DataFile> added = new ArrayList<>();
    for (Part part : state.parts.values()) {
      for (Row row : part.rows) {
        boolean wanted = row.isIn(target);
        if (wanted == row.isOpen()) {
          continue;
        }
        part.changed = next;
        if (wanted) {
          row.begin(next);
          added.add(row.file);
        } else {
          row.end(next);
          removed++;
        }
      }
    }
    totals = state.totals(target);
    make(Optional.empty(), OptionalLong.of(target), added.size(), rows(added));
    state.loads.clear();
    for (long number : state.line(target)) {
      state.made(number).version().load().ifPresent(load -> state.loads.put(load, number));
    }
  }

  private void make(
      Optional<LoadId> load, OptionalLong restored, long added, OptionalLong rowsAdded) {
    Version version =
        new Version(
            state.dataset,
            next,
            Version.Change.valueOf(entry.kind().name()),
            load,
            restored,
            Instant.parse(Objects.requireNonNull(entry.at())),
            Principal.parse(Objects.requireNonNull(entry.by())),
            added,
            removed,
            rowsAdded,
            entry.sources().stream().map(Entry.Source::source).toList());
    state.versions.add(
        new State.Made(
            version,
            state.entry,
            Optional.ofNullable(entry.attempt()),
            totals,
            Boolean.TRUE.equals(entry.spares()),
            true));
    load.ifPresent(id -> state.loads.put(id, next));
  }

  private void vacuum() {
    for (long number : entry.retired()) {
      state.versions.set((int) number - 1, state.made(number).unreadable());
    }
    if (!entry.retired().isEmpty()) {
      forget();
    }
    Set<ObjectRef> kept = state.objects();
    for (Entry.Item item : entry.objects()) {
      if (!kept.contains(item.object())) {
        state.garbage.put(item.object(), item.bytes());
      }
    }
  }

  /** Gives up what no readable version has. */
  private void forget() {
    long[] readable = new long[state.versions.size() + 1];
    for (int i = 0; i < state.versions.size(); i++) {
      readable[i + 1] = readable[i] + (state.versions.get(i).readable() ? 1 : 0);
    }
    List<Row> unneeded = new ArrayList<>();
    for (Part part : state.parts.values()) {
      for (Row row : part.rows) {
        row.spans.removeIf(
            span ->
                !span.isOpen() && readable[(int) span.to() - 1] == readable[(int) span.from() - 1]);
        if (row.spans.isEmpty()) {
          unneeded.add(row);
        }
      }
      part.rows.removeIf(row -> row.spans.isEmpty());
      if (part.rows.isEmpty()) {
        state.forgotten = Math.max(state.forgotten, part.changed);
      }
    }
    state.parts.values().removeIf(part -> part.rows.isEmpty());
    giveUp(unneeded);
  }

  private void giveUp(List<Row> rows) {
    Set<ObjectRef> kept = state.objects();
    for (Row row : rows) {
      if (!row.outside && !kept.contains(row.file.object())) {
        state.garbage.put(row.file.object(), row.file.bytes());
      }
    }
  }

  private void remove() {
    List<Row> rows = new ArrayList<>();
    state.parts.values().forEach(part -> rows.addAll(part.rows));
    state.parts.clear();
    state.versions.clear();
    state.loads.clear();
    state.layout = null;
    state.birth = 0;
    state.forgotten = 0;
    giveUp(rows);
  }
}
