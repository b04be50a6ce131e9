package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.DatasetView;
import io.lakesdk.catalog.PartitionListing;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot.PartitionSummary;
import io.lakesdk.schema.Column;
import java.util.List;

/** The partitions in a dataset's current version. */
record SnapshotPartitions(Lake lake, Dataset dataset, DatasetView view, PartitionFilter filter)
    implements PartitionListing {

  static SnapshotPartitions of(Lake lake, Dataset dataset, DatasetView view) {
    return new SnapshotPartitions(lake, dataset, view, PartitionFilter.any());
  }

  @Override
  public PartitionListing where(String condition) {
    PartitionFilter more = PartitionCondition.parse(condition, Sight.through(view, dataset));
    PartitionFilter both =
        filter instanceof PartitionFilter.Any
            ? more
            : new PartitionFilter.And(List.of(filter, more));
    return new SnapshotPartitions(lake, dataset, view, both);
  }

  @Override
  public List<PartitionSummary> list() {
    List<String> keys = dataset.partitions().stream().map(Column::name).toList();
    if (!keys.stream().allMatch(view::shows) || !view.rowsFor(keys).isEmpty()) {
      throw new AccessDeniedException(
          "list the partitions of",
          Subject.dataset(dataset.id()),
          lake.principal()
              + " may not see every partition key in every row; grant select on the keys without a"
              + " row filter, or count them with a query, which shows what may be seen");
    }
    return Publishing.of(lake).snapshot(dataset).partitions(filter);
  }
}
