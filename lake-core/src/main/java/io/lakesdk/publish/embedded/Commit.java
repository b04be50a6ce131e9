package io.lakesdk.publish.embedded;

import io.lakesdk.Principal;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publication.Outcome;
import io.lakesdk.publish.Snapshot.Totals;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.publish.draft.Conflicts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Makes the version of one draft, inside the transaction of all drafts that are published together.
 */
final class Commit {

  private final Tx tx;
  private final EmbeddedDraft draft;
  private final Visibility visibility;
  private final Entry entry;
  private final Content content;
  private final Versions versions;

  Commit(Tx tx, EmbeddedDraft draft, Visibility visibility) {
    this.tx = tx;
    this.draft = draft;
    this.visibility = visibility;
    this.entry = Entry.findOrCreate(tx, draft.dataset());
    this.content = new Content(tx, entry);
    this.versions = new Versions(tx, entry);
  }

  Publication run(Instant at, Principal by) {
    Loads loads = new Loads(tx, entry);
    Optional<Loads.Active> active = loads.active(draft.load());
    if (active.isPresent()) {
      return repeated(active.get());
    }
    Conflicts.requireNone(draft, new Current(entry, content));
    draft.requireFiles(tx);
    long number = entry.version() + 1;
    Totals before = versions.totals(entry.version());
    Change change = apply(before);
    Publication publication =
        new Publication(
            entry.dataset(), draft.load(), draft.write(), number, Outcome.PUBLISHED, draft.files());
    versions.add(
        new Version(
            entry.dataset(),
            number,
            Version.Change.valueOf(draft.write().name()),
            Optional.of(draft.load()),
            OptionalLong.empty(),
            at,
            by,
            draft.files().size(),
            change.removed(),
            publication.rows(),
            draft.sources()),
        change.totals());
    loads.add(draft.load(), number, draft.attempt());
    entry.at(tx, number);
    if (change.removed() > 0) {
      visibility.hideRemoved(tx, entry, number);
    }
    tx.afterCommit(draft::published);
    return publication;
  }

  private Publication repeated(Loads.Active active) {
    if (active.attempt().equals(draft.attempt())) {
      tx.afterCommit(draft::published);
    } else {
      tx.afterCommit(draft::discard);
    }
    return receipt(tx, entry, draft.load(), active.version());
  }

  /** The receipt of a load that was published before. */
  static Publication receipt(Tx tx, Entry entry, LoadId load, long version) {
    PartitionRows partitions = new PartitionRows(any -> true);
    List<DataFile> added =
        tx.list(
            "SELECT "
                + FileRows.COLUMNS
                + " FROM publish_file f JOIN publish_partition p ON p.id = f.partition"
                + " WHERE f.dataset = ? AND f.version = ?"
                + FileRows.ORDER,
            row -> FileRows.read(row, partitions.read(row).orElseThrow()),
            entry.id(),
            version);
    Write write =
        tx.first(
                "SELECT change FROM publish_version WHERE dataset = ? AND number = ?",
                row -> Write.valueOf(row.text("change")),
                entry.id(),
                version)
            .orElseThrow();
    return new Publication(entry.dataset(), load, write, version, Outcome.REPEATED, added);
  }

  private record Current(Entry entry, Content content) implements Conflicts.Current {

    @Override
    public long birth() {
      return entry.id();
    }

    @Override
    public long version() {
      return entry.version();
    }

    @Override
    public long changed(Partition partition) {
      return content.changed(partition);
    }
  }

  /** What the draft does: how many files it removes, and what is there afterwards. */
  private record Change(long removed, Totals totals) {}

  private Change apply(Totals before) {
    boolean all = draft.write() == Write.OVERWRITE;
    long removed = all ? content.endAll() : 0;
    Totals totals = all ? new Totals(0, 0, 0, 0) : before;
    Map<Partition, List<DataFile>> added =
        draft.files().stream()
            .collect(
                Collectors.groupingBy(
                    DataFile::partition, LinkedHashMap::new, Collectors.toList()));
    draft.partitions().forEach(partition -> added.putIfAbsent(partition, List.of()));
    for (Map.Entry<Partition, List<DataFile>> part : added.entrySet()) {
      long partition = content.change(part.getKey());
      if (draft.write() == Write.OVERWRITE_PARTITIONS) {
        Totals ended = content.end(partition);
        removed += ended.files();
        totals = plus(totals, ended, -1);
      }
      long more = part.getValue().isEmpty() || content.hasFiles(partition) ? 0 : 1;
      content.add(partition, part.getValue());
      totals = plus(totals, sum(more, part.getValue()), 1);
    }
    return new Change(removed, totals);
  }

  private static Totals sum(long partitions, List<DataFile> files) {
    return new Totals(
        partitions,
        files.size(),
        files.stream().mapToLong(DataFile::bytes).sum(),
        files.stream().mapToLong(file -> file.rows().orElse(0)).sum());
  }

  private static Totals plus(Totals totals, Totals change, int sign) {
    return new Totals(
        totals.partitions() + sign * change.partitions(),
        totals.files() + sign * change.files(),
        totals.bytes() + sign * change.bytes(),
        totals.rows() + sign * change.rows());
  }
}
