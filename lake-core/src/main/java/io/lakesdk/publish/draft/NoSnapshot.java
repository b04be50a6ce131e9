package io.lakesdk.publish.draft;

import io.lakesdk.DatasetId;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import java.util.List;

/** The content of a dataset that nothing was published to. */
public record NoSnapshot(DatasetId dataset) implements Snapshot {

  @Override
  public long version() {
    return 0;
  }

  @Override
  public List<DataFile> files(PartitionFilter filter) {
    return List.of();
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    return List.of();
  }

  @Override
  public Totals totals() {
    return new Totals(0, 0, 0, 0);
  }
}
