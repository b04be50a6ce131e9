package io.lakesdk.publish.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.draft.PartitionCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A version of a dataset, which is looked up in the database when it is asked. */
final class StoredSnapshot implements Snapshot {

  private static final String VERB = "read";

  private final MetadataStore metadata;
  private final Entry entry;
  private final long version;
  private final Totals totals;

  StoredSnapshot(MetadataStore metadata, Tx tx, Entry entry, long version) {
    this.metadata = metadata;
    this.entry = entry;
    this.version = version;
    Versions versions = new Versions(tx, entry);
    versions.requireReadable(VERB, version);
    this.totals = versions.totals(version);
  }

  @Override
  public DatasetId dataset() {
    return entry.dataset();
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Totals totals() {
    return totals;
  }

  @Override
  public List<DataFile> files(PartitionFilter filter) {
    return query(
        FileRows.COLUMNS,
        filter,
        FileRows.ORDER,
        (partition, row) -> FileRows.read(row, partition));
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    return query(
        "p.path, 1 AS partitions, count(*) AS files, sum(f.bytes) AS bytes,"
            + " coalesce(sum(f.rows), 0) AS rows",
        filter,
        " GROUP BY p.id ORDER BY p.path",
        (partition, row) -> new PartitionSummary(partition, Versions.totals(row)));
  }

  /** Rows with a column {@code path}, by which they are ordered, where the filter admits it. */
  private <T> List<T> query(
      String columns, PartitionFilter filter, String end, BiFunction<Partition, Row, T> mapper) {
    return metadata.read(
        tx -> {
          requireReadable(tx);
          PartitionCheck check = new PartitionCheck(entry.dataset(), entry.layout(), filter);
          Optional<PartitionSearch.Sql> start = new PartitionSearch(entry, check).start(tx, filter);
          List<Object> parameters = new ArrayList<>();
          String from =
              start
                  .map(
                      found -> {
                        parameters.addAll(found.parameters());
                        return "("
                            + found.text()
                            + ") w CROSS JOIN publish_partition p"
                            + " ON p.id = w.partition CROSS JOIN publish_span s"
                            + " ON s.partition = p.id";
                      })
                  .orElse("publish_span s CROSS JOIN publish_partition p ON p.id = s.partition");
          parameters.addAll(List.of(entry.id(), version, version));
          List<T> result = new ArrayList<>();
          PartitionRows admitted = new PartitionRows(check::admits);
          tx.each(
              "SELECT "
                  + columns
                  + " FROM "
                  + from
                  + " CROSS JOIN publish_file f ON f.id = s.file"
                  + " WHERE s.dataset = ? AND s.to_version > ? AND s.from_version <= ?"
                  + end,
              row ->
                  admitted
                      .read(row)
                      .ifPresent(partition -> result.add(mapper.apply(partition, row))),
              parameters.toArray());
          return result;
        });
  }

  private void requireReadable(Tx tx) {
    if (Entry.find(tx, entry.dataset()).map(Entry::id).filter(id -> id == entry.id()).isEmpty()) {
      throw new NotFoundException(
          VERB, Versions.subject(entry.dataset(), version), "the dataset was removed");
    }
    new Versions(tx, entry).requireReadable(VERB, version);
  }
}
