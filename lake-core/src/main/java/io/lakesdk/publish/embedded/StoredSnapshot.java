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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
    FileRows files = new FileRows();
    return query(FileRows.COLUMNS, filter, FileRows.ORDER, files::read);
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    return query(
        "p.path, 1 AS partitions, count(*) AS files, sum(f.bytes) AS bytes,"
            + " coalesce(sum(f.rows), 0) AS rows",
        filter,
        " GROUP BY p.id ORDER BY p.path",
        row -> new PartitionSummary(Partition.parse(row.text("path")), Versions.totals(row)));
  }

  private <T> List<T> query(
      String columns, PartitionFilter filter, String end, Function<Row, T> mapper) {
    return metadata.read(
        tx -> {
          requireReadable(tx);
          FilterSql.Plan plan = new FilterSql(entry).plan(tx, filter);
          List<Object> parameters = new ArrayList<>();
          String from =
              plan.start()
                  .map(
                      start -> {
                        parameters.addAll(start.parameters());
                        return "("
                            + start.text()
                            + ") w CROSS JOIN publish_partition p"
                            + " ON p.id = w.partition CROSS JOIN publish_span s"
                            + " ON s.partition = p.id";
                      })
                  .orElse("publish_span s CROSS JOIN publish_partition p ON p.id = s.partition");
          parameters.addAll(List.of(entry.id(), version, version));
          parameters.addAll(plan.condition().parameters());
          return tx.list(
              "SELECT "
                  + columns
                  + " FROM "
                  + from
                  + " CROSS JOIN publish_file f ON f.id = s.file"
                  + " WHERE s.dataset = ? AND s.to_version > ? AND s.from_version <= ? AND "
                  + plan.condition().text()
                  + end,
              mapper,
              parameters.toArray());
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
