package io.lakesdk.publish.embedded;

import io.lakesdk.Principal;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Snapshot.Totals;
import io.lakesdk.publish.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of one dataset. */
final class Versions {

  private static final Totals NOTHING = new Totals(0, 0, 0, 0);

  private final Tx tx;
  private final Entry entry;

  Versions(Tx tx, Entry entry) {
    this.tx = tx;
    this.entry = entry;
  }

  void add(Version version, Totals totals) {
    tx.update(
        "INSERT INTO publish_version(dataset, number, change, load, restored, at, by, readable,"
            + " files_added, files_removed, rows_added, partitions, files, bytes, rows)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        entry.id(),
        version.number(),
        version.change().name(),
        version.load().map(LoadId::text),
        version.restored(),
        version.at(),
        version.by().toString(),
        version.filesAdded(),
        version.filesRemoved(),
        version.rowsAdded(),
        totals.partitions(),
        totals.files(),
        totals.bytes(),
        totals.rows());
    Collection<@Nullable Object[]> sources = new ArrayList<>();
    for (Version.Source source : version.sources()) {
      sources.add(
          new @Nullable Object[] {
            entry.id(),
            version.number(),
            sources.size(),
            source.name(),
            source.version(),
            source.via()
          });
    }
    tx.batch(
        "INSERT INTO publish_source(dataset, version, ordinal, name, source_version, via)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        sources);
  }

  List<Version> newestFirst() {
    return tx.list(
        "SELECT * FROM publish_version WHERE dataset = ? ORDER BY number DESC",
        this::read,
        entry.id());
  }

  private Version read(Row row) {
    long number = row.number("number");
    return new Version(
        entry.dataset(),
        number,
        Version.Change.valueOf(row.text("change")),
        row.optionalText("load").map(LoadId::of),
        row.optionalNumber("restored"),
        row.instant("at"),
        Principal.parse(row.text("by")),
        row.number("files_added"),
        row.number("files_removed"),
        row.optionalNumber("rows_added"),
        sources(number));
  }

  private List<Version.Source> sources(long number) {
    return tx.list(
        "SELECT name, source_version, via FROM publish_source WHERE dataset = ? AND version = ?"
            + " ORDER BY ordinal",
        row ->
            new Version.Source(
                row.text("name"), row.optionalNumber("source_version"), row.text("via")),
        entry.id(),
        number);
  }

  /** The totals of a version; nothing for version 0. */
  Totals totals(long number) {
    return tx.first(
            "SELECT partitions, files, bytes, rows FROM publish_version"
                + " WHERE dataset = ? AND number = ?",
            Versions::totals,
            entry.id(),
            number)
        .orElse(NOTHING);
  }

  /** Reads totals from columns named as they are. */
  static Totals totals(Row row) {
    return new Totals(
        row.number("partitions"), row.number("files"), row.number("bytes"), row.number("rows"));
  }

  /**
   * @throws NotFoundException if there is no such version, or its files were vacuumed
   */
  void requireReadable(String verb, long number) {
    Subject subject = subject(entry.dataset(), number);
    boolean readable =
        tx.first(
                "SELECT readable FROM publish_version WHERE dataset = ? AND number = ?",
                row -> row.flag("readable"),
                entry.id(),
                number)
            .orElseThrow(() -> new NotFoundException(verb, subject, none()));
    if (!readable) {
      throw new NotFoundException(
          verb,
          subject,
          "its files were vacuumed; vacuum with a longer retention to keep versions longer");
    }
  }

  private String none() {
    return "there is no such version; the dataset has versions 1 to " + entry.version();
  }

  /** A version as errors name it: {@code sales.orders@3}. */
  static Subject subject(Object dataset, long number) {
    return Subject.of(Subject.Kind.VERSION, dataset + "@" + number);
  }
}
