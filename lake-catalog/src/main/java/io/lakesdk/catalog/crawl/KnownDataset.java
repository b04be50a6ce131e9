package io.lakesdk.catalog.crawl;

import io.lakesdk.Dataset;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import java.util.List;

/**
 * A dataset that the catalog has, with the files of its current version.
 *
 * @param version the version that the files are of; 0 if nothing was ever published
 */
public record KnownDataset(Dataset dataset, long version, List<DataFile> files) {

  public KnownDataset {
    files = List.copyOf(files);
  }

  /** With the files that it has now. */
  public static KnownDataset of(Dataset dataset, Publishing publishing) {
    Snapshot snapshot = publishing.snapshot(dataset);
    return new KnownDataset(
        dataset, snapshot.version(), snapshot.files(io.lakesdk.publish.PartitionFilter.any()));
  }

  boolean holds(String key) {
    return key.startsWith(dataset.location());
  }
}
