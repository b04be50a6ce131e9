package io.lakesdk.query.statement.hive;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot.PartitionSummary;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.table.LoadCommit;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.table.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE DROP PARTITION: a version of the table without these partitions; earlier versions
 * have them still. Source: "ALTER TABLE DROP PARTITION" of the Athena user guide.
 *
 * @param ifExists whether it is no error that a partition is not there
 */
record DropPartitions(List<String> name, boolean ifExists, List<PartitionSpec> parts)
    implements Ddl {

  @Override
  public Rows run(Lake lake, String database) {
    DatasetId id = TableNames.id(name, database);
    Dataset table = new Targets(lake, database).find(id);
    List<Partition> wanted = parts.stream().map(spec -> spec.of(table)).toList();
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(table, Write.overwritePartitions(), LoadId.unique())) {
      List<Partition> dropped = find(table, draft, wanted);
      if (!dropped.isEmpty()) {
        dropped.forEach(draft::replace);
        new LoadCommit(lake, table)
            .publish(draft, () -> Targets.requireUnchanged(lake, table, "drop a partition of"));
      }
    }
    return FixedRows.none();
  }

  private List<Partition> find(Dataset table, Draft draft, List<Partition> wanted) {
    Map<List<@Nullable Object>, List<Partition>> all = new HashMap<>();
    for (PartitionSummary one : draft.before().partitions(PartitionFilter.any())) {
      all.computeIfAbsent(PartitionSpec.identity(table, one.partition()), any -> new ArrayList<>())
          .add(one.partition());
    }
    List<Partition> found = new ArrayList<>();
    for (Partition one : wanted) {
      List<Partition> same = all.getOrDefault(PartitionSpec.identity(table, one), List.of());
      if (same.isEmpty() && !ifExists) {
        throw new NotFoundException(
            "drop a partition of",
            Subject.dataset(table.id()),
            "Partition not found; write DROP IF EXISTS PARTITION where it may be absent");
      }
      found.addAll(same);
    }
    return found;
  }
}
