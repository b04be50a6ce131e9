package io.lakesdk.query.projection;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a dataset with partition projection: what lies in the folders of the partitions
 * that a filter leaves, when it is asked for. Nobody knows the others, so that its totals are of
 * what was asked for. Files that a load wrote are part of it if they are published. Not
 * thread-safe.
 */
public final class ProjectedSnapshot implements Snapshot {

  private static final Comparator<DataFile> ORDER =
      Comparator.comparing((DataFile file) -> file.partition().path())
          .thenComparing(file -> file.object().key());

  private final Dataset dataset;
  private final Projection projection;
  private final FolderFiles folder;
  private final Snapshot published;
  private final Map<PartitionFilter, List<DataFile>> found = new LinkedHashMap<>();
  private @Nullable Set<ObjectRef> loaded;

  private ProjectedSnapshot(
      Dataset dataset, Projection projection, FolderFiles folder, Snapshot published) {
    this.dataset = dataset;
    this.projection = projection;
    this.folder = folder;
    this.published = published;
  }

  /**
   * The content now.
   *
   * @param published what was published to the dataset
   * @param now what NOW is in ranges of dates
   * @throws InvalidDefinitionException naming the property of the projection that is wrong
   */
  public static ProjectedSnapshot of(Lake lake, Dataset dataset, Snapshot published, Instant now) {
    return new ProjectedSnapshot(
        dataset,
        Projection.of(lake, dataset, now),
        FolderFiles.unchecked(lake.backend(), dataset),
        published);
  }

  @Override
  public DatasetId dataset() {
    return dataset.id();
  }

  @Override
  public long version() {
    return published.version();
  }

  @Override
  public List<DataFile> files(PartitionFilter filter) {
    List<DataFile> known = found.get(filter);
    if (known == null) {
      known = list(projection.partitions(filter));
      found.put(filter, known);
    }
    return known;
  }

  private List<DataFile> list(List<Partition> partitions) {
    List<DataFile> files = new ArrayList<>();
    for (Partition partition : partitions) {
      Set<String> keys = new HashSet<>();
      for (String name : projection.folders(partition)) {
        for (ObjectInfo object : folder.in(name, loaded())) {
          if (keys.add(object.key())) {
            files.add(file(object, partition));
          }
        }
      }
    }
    files.sort(ORDER);
    return List.copyOf(files);
  }

  private DataFile file(ObjectInfo object, Partition partition) {
    return new DataFile(
        new ObjectRef(dataset.zone(), object.key(), object.version()),
        partition,
        object.size(),
        OptionalLong.empty(),
        object.sha256());
  }

  private Set<ObjectRef> loaded() {
    Set<ObjectRef> known = loaded;
    if (known == null) {
      known =
          published.files(PartitionFilter.any()).stream()
              .map(DataFile::object)
              .collect(Collectors.toSet());
      loaded = known;
    }
    return known;
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    Map<Partition, List<DataFile>> byPartition =
        files(filter).stream()
            .collect(
                Collectors.groupingBy(
                    DataFile::partition, LinkedHashMap::new, Collectors.toList()));
    List<PartitionSummary> summaries = new ArrayList<>();
    byPartition.forEach((partition, files) -> summaries.add(summary(partition, files)));
    return summaries;
  }

  private static PartitionSummary summary(Partition partition, List<DataFile> files) {
    return new PartitionSummary(partition, totals(files));
  }

  @Override
  public Totals totals() {
    Map<ObjectRef, DataFile> all = new LinkedHashMap<>();
    found.values().forEach(files -> files.forEach(file -> all.put(file.object(), file)));
    return totals(List.copyOf(all.values()));
  }

  private static Totals totals(List<DataFile> files) {
    return new Totals(
        files.stream().map(DataFile::partition).distinct().count(),
        files.size(),
        files.stream().mapToLong(DataFile::bytes).sum(),
        files.stream().map(DataFile::rows).mapToLong(rows -> rows.orElse(0)).sum());
  }
}
