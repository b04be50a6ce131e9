package io.lakesdk.publish.embedded;

import static io.lakesdk.publish.embedded.Tables.NO_END;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.draft.Origin;
import io.lakesdk.publish.embedded.Garbage.Item;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what one dataset no longer needs, and notes it as garbage. */
final class Vacuum {

  /** How long a load may take before its files count as left behind. */
  private static final Duration LONGEST_LOAD = Duration.ofDays(1);

  private static final int MOST_AT_ONCE = 1000;

  private final EmbeddedBackend backend;
  private final Dataset dataset;
  private final Garbage garbage;
  private final Instant now;

  Vacuum(EmbeddedBackend backend, Dataset dataset, Garbage garbage, Instant now) {
    this.backend = backend;
    this.dataset = dataset;
    this.garbage = garbage;
    this.now = now;
  }

  /**
   * Makes the versions that were last current longer than {@code retention} ago unreadable, and
   * gives up the files that only they had, if a load wrote them.
   *
   * @return how many versions
   */
  long retire(Duration retention) {
    Instant oldest = now.minus(retention);
    return backend
        .metadata()
        .write(tx -> Entry.find(tx, dataset.id()).map(e -> retire(tx, e, oldest)).orElse(0L));
  }

  private long retire(Tx tx, Entry entry, Instant oldest) {
    int versions =
        tx.update(
            "UPDATE publish_version SET readable = 0"
                + " WHERE dataset = ?1 AND readable = 1 AND number < ?2"
                + " AND (SELECT n.at FROM publish_version n WHERE n.dataset = ?1"
                + " AND n.number = publish_version.number + 1) <= ?3",
            entry.id(),
            entry.version(),
            oldest);
    if (versions > 0) {
      String unneeded =
          " FROM publish_span WHERE dataset = ?1 AND to_version < ?2"
              + " AND NOT EXISTS (SELECT 1 FROM publish_version v WHERE v.dataset = ?1"
              + " AND v.readable = 1 AND v.number >= publish_span.from_version"
              + " AND v.number < publish_span.to_version)";
      List<Long> files =
          tx.list("SELECT DISTINCT file" + unneeded, row -> row.number("file"), entry.id(), NO_END);
      tx.update("DELETE" + unneeded, entry.id(), NO_END);
      giveUp(tx, files);
      forgetEmptyPartitions(tx, entry);
    }
    return versions;
  }

  private void giveUp(Tx tx, List<Long> files) {
    List<Item> unneeded = new ArrayList<>();
    for (long file : files) {
      tx.first(
              "SELECT zone, key, object_version, bytes FROM publish_file WHERE id = ?1"
                  + " AND NOT EXISTS (SELECT 1 FROM publish_span WHERE file = ?1)",
              row -> new Item(FileRows.object(row), row.number("bytes")),
              file)
          .ifPresent(
              item -> {
                unneeded.add(item);
                tx.update("DELETE FROM publish_file WHERE id = ?", file);
              });
    }
    garbage.add(tx, unneeded);
  }

  private static void forgetEmptyPartitions(Tx tx, Entry entry) {
    String empty =
        " FROM publish_partition WHERE dataset = ?1 AND NOT EXISTS"
            + " (SELECT 1 FROM publish_span s WHERE s.partition = publish_partition.id)";
    tx.update(
        "UPDATE publish_dataset SET forgotten = max(forgotten,"
            + " (SELECT coalesce(max(changed), 0)"
            + empty
            + ")) WHERE id = ?1",
        entry.id());
    tx.update(
        "DELETE FROM publish_partition_value WHERE partition IN (SELECT id" + empty + ")",
        entry.id());
    tx.update("DELETE" + empty, entry.id());
  }

  /** Gives up the files that drafts wrote and nobody published in the time of {@code retention}. */
  void collectUnpublished(Duration retention) {
    Instant oldest = now.minus(retention.compareTo(LONGEST_LOAD) > 0 ? retention : LONGEST_LOAD);
    ObjectStore store = backend.stores().apply(dataset.zone());
    List<Item> unpublished = new ArrayList<>();
    try (Stream<ObjectVersion> versions = store.versions(dataset.location())) {
      versions
          .filter(version -> version.kind() == ObjectVersion.Kind.CONTENT)
          .filter(version -> version.modified().isBefore(oldest))
          .forEach(
              version -> {
                candidate(store, version).ifPresent(unpublished::add);
                if (unpublished.size() == MOST_AT_ONCE) {
                  note(unpublished);
                }
              });
    }
    note(unpublished);
  }

  private Optional<Item> candidate(ObjectStore store, ObjectVersion version) {
    ObjectRef object = new ObjectRef(dataset.zone(), version.key(), version.version());
    return !backend.metadata().read(tx -> isFile(tx, object))
            && Origin.of(store, object) == Origin.LOAD
        ? Optional.of(new Item(object, version.size()))
        : Optional.empty();
  }

  private static boolean isFile(Tx tx, ObjectRef object) {
    return tx.first(
            "SELECT 1 AS one FROM publish_file WHERE key = ? AND object_version = ? AND zone = ?",
            row -> true,
            object.key(),
            object.version(),
            object.zone().name())
        .isPresent();
  }

  private void note(List<Item> unpublished) {
    if (!unpublished.isEmpty()) {
      List<Item> items = List.copyOf(unpublished);
      backend
          .metadata()
          .write(
              tx -> {
                garbage.add(tx, items);
                return items.size();
              });
      unpublished.clear();
    }
  }

  /** Forgets the dataset, and gives up all its files that a load wrote. */
  static void removeAll(Tx tx, Entry entry, Garbage garbage) {
    List<Item> files =
        tx.list(
            "SELECT zone, key, object_version, bytes FROM publish_file WHERE dataset = ?",
            row -> new Item(FileRows.object(row), row.number("bytes")),
            entry.id());
    for (String table :
        List.of("version", "source", "load", "partition", "partition_value", "file", "span")) {
      tx.update("DELETE FROM publish_" + table + " WHERE dataset = ?", entry.id());
    }
    tx.update("DELETE FROM publish_dataset WHERE id = ?", entry.id());
    garbage.add(tx, files);
  }
}
