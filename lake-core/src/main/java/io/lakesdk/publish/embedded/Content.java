package io.lakesdk.publish.embedded;

import static io.lakesdk.publish.embedded.Tables.NO_END;

import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Snapshot.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes the current content of one dataset, as part of making the version after it. */
final class Content {

  private final Tx tx;
  private final Entry entry;
  private final long next;

  Content(Tx tx, Entry entry) {
    this.tx = tx;
    this.entry = entry;
    this.next = entry.version() + 1;
  }

  /** A partition that is there already: its key, and the version that changed it last. */
  record Known(long id, long changed) {}

  Optional<Known> find(Partition partition) {
    return tx.first(
        "SELECT id, changed FROM publish_partition WHERE dataset = ? AND path = ?",
        row -> new Known(row.number("id"), row.number("changed")),
        entry.id(),
        partition.path());
  }

  /** The version that changed a partition last, or one that is not before it. */
  long changed(Partition partition) {
    return find(partition).map(Known::changed).orElse(entry.forgotten());
  }

  /** Notes that the new version changes a partition, and gives its key. */
  long change(Partition partition) {
    Optional<Known> known = find(partition);
    if (known.isPresent()) {
      tx.update("UPDATE publish_partition SET changed = ? WHERE id = ?", next, known.get().id());
      return known.get().id();
    }
    tx.update(
        "INSERT INTO publish_partition(dataset, path, changed) VALUES (?, ?, ?)",
        entry.id(),
        partition.path(),
        next);
    long id = tx.lastKey();
    Collection<@Nullable Object[]> rows = new ArrayList<>();
    for (Object value : entry.layout().values(entry.dataset().toString(), partition)) {
      rows.add(new @Nullable Object[] {id, rows.size(), entry.id(), value});
    }
    tx.batch(
        "INSERT INTO publish_partition_value(partition, position, dataset, value)"
            + " VALUES (?, ?, ?, ?)",
        rows);
    return id;
  }

  boolean hasFiles(long partition) {
    return tx.first(
            "SELECT 1 AS one FROM publish_span WHERE partition = ? AND to_version = ?",
            row -> true,
            partition,
            NO_END)
        .isPresent();
  }

  void add(long partition, List<DataFile> files) {
    for (DataFile file : files) {
      tx.update(
          "INSERT INTO publish_file(dataset, version, partition, zone, key, object_version, bytes,"
              + " rows, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          entry.id(),
          next,
          partition,
          file.object().zone().name(),
          file.object().key(),
          file.object().version(),
          file.bytes(),
          file.rows(),
          file.sha256().orElseThrow());
      tx.update(
          "INSERT INTO publish_span(dataset, partition, file, from_version, to_version)"
              + " VALUES (?, ?, ?, ?, ?)",
          entry.id(),
          partition,
          tx.lastKey(),
          next,
          NO_END);
    }
  }

  /** Takes the files of a partition out of the new version, and says what they were. */
  Totals end(long partition) {
    Totals ended =
        tx.first(
                "SELECT min(1, count(*)) AS partitions, count(*) AS files,"
                    + " coalesce(sum(f.bytes), 0) AS bytes, coalesce(sum(f.rows), 0) AS rows"
                    + " FROM publish_span s JOIN publish_file f ON f.id = s.file"
                    + " WHERE s.partition = ? AND s.to_version = ?",
                Versions::totals,
                partition,
                NO_END)
            .orElseThrow();
    tx.update(
        "UPDATE publish_span SET to_version = ? WHERE partition = ? AND to_version = ?",
        next,
        partition,
        NO_END);
    return ended;
  }

  /** Takes all files out of the new version, and says how many they were. */
  long endAll() {
    int ended =
        tx.update(
            "UPDATE publish_span SET to_version = ? WHERE dataset = ? AND to_version = ?",
            next,
            entry.id(),
            NO_END);
    markChanged();
    return ended;
  }

  /**
   * What a return to an earlier version changed.
   *
   * @param added files that the current version has not
   * @param removed files that only the current version has
   * @param rowsAdded rows of the added files, if all were counted
   */
  record Restored(long added, long removed, OptionalLong rowsAdded) {}

  /** Gives the new version the files of an earlier one. */
  Restored restore(long version) {
    int removed =
        tx.update(
            "UPDATE publish_span SET to_version = ?1 WHERE dataset = ?2 AND to_version = ?3"
                + " AND NOT EXISTS (SELECT 1 FROM publish_span t WHERE t.file = publish_span.file"
                + " AND t.from_version <= ?4 AND t.to_version > ?4)",
            next,
            entry.id(),
            NO_END,
            version);
    int added =
        tx.update(
            "INSERT INTO publish_span(dataset, partition, file, from_version, to_version)"
                + " SELECT t.dataset, t.partition, t.file, ?1, ?3 FROM publish_span t"
                + " WHERE t.dataset = ?2 AND t.to_version > ?4 AND t.from_version <= ?4"
                + " AND NOT EXISTS (SELECT 1 FROM publish_span c WHERE c.file = t.file"
                + " AND c.to_version = ?3)",
            next,
            entry.id(),
            NO_END,
            version);
    markChanged();
    OptionalLong rows =
        tx.first(
                "SELECT CASE WHEN count(*) = count(f.rows) THEN coalesce(sum(f.rows), 0) END"
                    + " AS rows FROM publish_span s JOIN publish_file f ON f.id = s.file"
                    + " WHERE s.dataset = ? AND s.to_version = ? AND s.from_version = ?",
                row -> row.optionalNumber("rows"),
                entry.id(),
                NO_END,
                next)
            .orElseThrow();
    return new Restored(added, removed, rows);
  }

  private void markChanged() {
    tx.update(
        "UPDATE publish_partition SET changed = ?1 WHERE id IN"
            + " (SELECT partition FROM publish_span WHERE dataset = ?2 AND to_version = ?1"
            + " UNION SELECT partition FROM publish_span"
            + " WHERE dataset = ?2 AND to_version = ?3 AND from_version = ?1)",
        next,
        entry.id(),
        NO_END);
  }
}
