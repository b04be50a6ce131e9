package io.lakesdk.publish.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Snapshot.Totals;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.draft.Conflicts;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.StagedDraft;
import io.lakesdk.storage.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log of one dataset adds up to. Not thread-safe; its {@link Log} guards it. */
final class State implements Conflicts.Current {

  /** The end of a span that has none yet. */
  static final long NO_END = Long.MAX_VALUE;

  static final Totals NOTHING = new Totals(0, 0, 0, 0);

  final DatasetId dataset;

  /** The last entry that is in it. */
  long entry;

  /** The last entry that made a version, or ended the dataset. */
  long content;

  /** The entry that began the dataset; 0 while there is none. */
  long birth;

  /** No partition that is not there was changed after this version. */
  long forgotten;

  @Nullable Layout layout;

  /** Version 1 first. */
  final List<Made> versions = new ArrayList<>();

  /** By path. */
  final TreeMap<String, Part> parts = new TreeMap<>();

  /** The loads that the current version has, or that it replaced, and the versions they made. */
  final Map<LoadId, Long> loads = new HashMap<>();

  /** Objects on their way out, and their sizes. */
  final Map<ObjectRef, Long> garbage = new LinkedHashMap<>();

  State(DatasetId dataset) {
    this.dataset = dataset;
  }

  /**
   * A version that was made.
   *
   * @param entry the log's entry that made it
   * @param attempt which draft of its load
   * @param totals of its content
   * @param spares whether folders of the load may hold files that are not part of it
   * @param readable whether its files are there
   */
  record Made(
      Version version,
      long entry,
      Optional<String> attempt,
      Totals totals,
      boolean spares,
      boolean readable) {

    Made unreadable() {
      return new Made(version, entry, attempt, totals, spares, false);
    }
  }

  @Override
  public long birth() {
    return birth;
  }

  @Override
  public long version() {
    return versions.size();
  }

  boolean has(long number) {
    return number >= 1 && number <= version();
  }

  Made made(long number) {
    return versions.get((int) number - 1);
  }

  Totals totals(long number) {
    return has(number) ? made(number).totals() : NOTHING;
  }

  /** The newest version that an entry of the log or one before it made; 0 if there is none. */
  long versionAt(long entryNumber) {
    long number = version();
    while (number > 0 && made(number).entry() > entryNumber) {
      number--;
    }
    return number;
  }

  @Override
  public long changed(Partition partition) {
    Part part = parts.get(partition.path());
    return part == null ? forgotten : part.changed;
  }

  /** What a version added and was not vacuumed since. */
  List<DataFile> added(long number) {
    return parts.values().stream()
        .flatMap(part -> part.rows.stream())
        .filter(row -> row.added == number)
        .map(row -> row.file)
        .sorted(StagedDraft.ORDER)
        .toList();
  }

  /** Every object that some version has. */
  Set<ObjectRef> objects() {
    Set<ObjectRef> all = new HashSet<>();
    parts.values().forEach(part -> part.rows.forEach(row -> all.add(row.file.object())));
    return all;
  }

  /** The versions that led to one, which for a rollback are those of the one that it restored. */
  Set<Long> line(long number) {
    Set<Long> line = new HashSet<>();
    long next = number;
    while (next >= 1 && line.add(next)) {
      Version version = made(next).version();
      next = version.restored().orElse(next - 1);
    }
    return line;
  }

  Layout layout() {
    return layout == null ? new Layout(List.of()) : layout;
  }

  /**
   * @throws InvalidDefinitionException if the dataset's files have other partition keys
   */
  void requireLayout(Layout described) {
    if (layout != null && !described.equals(layout)) {
      throw new InvalidDefinitionException(
          "publish to",
          Subject.dataset(dataset),
          "its files are "
              + layout
              + " and it is now described as "
              + described
              + "; partition keys and their types stay the same, so publish to a new dataset");
    }
  }

  /**
   * @throws NotFoundException if there is no such version, or its files were vacuumed
   */
  void requireReadable(String verb, long number) {
    if (version() == 0) {
      throw new NotFoundException(
          verb, subject(number), "nothing was published to the dataset yet");
    }
    if (!has(number)) {
      throw new NotFoundException(
          verb,
          subject(number),
          "there is no such version; the dataset has versions 1 to " + version());
    }
    if (!made(number).readable()) {
      throw new NotFoundException(
          verb,
          subject(number),
          "its files were vacuumed; vacuum with a longer retention to keep versions longer");
    }
  }

  /** A version as errors name it: {@code sales.orders@3}. */
  Subject subject(long number) {
    return Subject.of(Subject.Kind.VERSION, dataset + "@" + number);
  }
}
