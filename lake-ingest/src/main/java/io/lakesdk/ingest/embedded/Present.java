package io.lakesdk.ingest.embedded;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that a dataset has, found by what they were before they landed. */
final class Present {

  private final List<DataFile> all;
  private final ListMultimap<Identity, DataFile> byIdentity = ArrayListMultimap.create();

  /** By what a file is known again. */
  private record Identity(Optional<String> sha256, String objectName, Partition partition) {}

  Present(Snapshot snapshot) {
    this.all = snapshot.files(PartitionFilter.any());
    for (DataFile file : all) {
      for (String name : ObjectNames.parse(file.object().key())) {
        byIdentity.put(new Identity(file.sha256(), name, file.partition()), file);
      }
    }
  }

  boolean has(HashedFile file) {
    return !same(file).isEmpty();
  }

  private List<DataFile> same(HashedFile file) {
    return byIdentity.get(
        new Identity(
            Optional.of(file.sha256()), file.file().objectName(), file.file().partition()));
  }

  /** Whether the dataset has each of these files once, and no others in these partitions. */
  boolean isExactly(Collection<HashedFile> files, Set<Partition> partitions) {
    Set<DataFile> others =
        all.stream()
            .filter(landed -> partitions.contains(landed.partition()))
            .collect(Collectors.toCollection(HashSet::new));
    for (HashedFile file : files) {
      List<DataFile> same = same(file);
      if (same.size() != 1) {
        return false;
      }
      others.remove(same.get(0));
    }
    return others.isEmpty();
  }

  Set<Partition> partitions() {
    return all.stream().map(DataFile::partition).collect(Collectors.toSet());
  }
}
