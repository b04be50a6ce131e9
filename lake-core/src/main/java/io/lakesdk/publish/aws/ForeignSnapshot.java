package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.draft.Layout;
import io.lakesdk.publish.draft.PartitionCheck;
import io.lakesdk.publish.draft.StagedDraft;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.ObjectVersion.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * What a table of another tool holds: the files below the locations that Glue says for it and its
 * partitions, wherever those are, as they are when it is asked. There is no log of such a table, so
 * it has the version 0.
 */
final class ForeignSnapshot implements Snapshot {

  private final AwsBackend backend;
  private final GlueTables tables;
  private final Dataset dataset;
  private final Table table;

  ForeignSnapshot(AwsBackend backend, GlueTables tables, Dataset dataset, Table table) {
    this.backend = backend;
    this.tables = tables;
    this.dataset = dataset;
    this.table = table;
  }

  @Override
  public DatasetId dataset() {
    return dataset.id();
  }

  @Override
  public long version() {
    return 0;
  }

  @Override
  public List<DataFile> files(PartitionFilter filter) {
    List<DataFile> files = new ArrayList<>();
    locations(filter)
        .forEach((partition, location) -> files.addAll(files(partition, place(location))));
    files.sort(StagedDraft.ORDER);
    return files;
  }

  @Override
  public List<PartitionSummary> partitions(PartitionFilter filter) {
    List<PartitionSummary> summaries = new ArrayList<>();
    locations(filter)
        .forEach(
            (partition, location) -> {
              List<DataFile> files = files(partition, place(location));
              if (!files.isEmpty()) {
                summaries.add(new PartitionSummary(partition, totals(1, files)));
              }
            });
    return summaries;
  }

  @Override
  public Totals totals() {
    List<PartitionSummary> all = partitions(PartitionFilter.any());
    return new Totals(
        all.size(),
        all.stream().mapToLong(one -> one.totals().files()).sum(),
        all.stream().mapToLong(one -> one.totals().bytes()).sum(),
        0);
  }

  private static Totals totals(long partitions, List<DataFile> files) {
    return new Totals(partitions, files.size(), files.stream().mapToLong(DataFile::bytes).sum(), 0);
  }

  /** The partitions that the filter admits, by path. */
  private Map<Partition, String> locations(PartitionFilter filter) {
    Layout layout = Layout.of(dataset);
    PartitionCheck condition = new PartitionCheck(dataset.id(), layout, filter);
    if (!dataset.isPartitioned()) {
      return Map.of(Partition.none(), table.storageDescriptor().location());
    }
    Map<Partition, String> admitted = new LinkedHashMap<>();
    tables.partitions(dataset.id()).entrySet().stream()
        .map(one -> Map.entry(partition(one.getKey()), one.getValue()))
        .sorted((a, b) -> a.getKey().path().compareTo(b.getKey().path()))
        .filter(one -> condition.admits(one.getKey()))
        .forEach(one -> admitted.put(one.getKey(), one.getValue()));
    return admitted;
  }

  private Partition partition(List<String> values) {
    Map<String, Optional<String>> named = new LinkedHashMap<>();
    for (int i = 0; i < dataset.partitions().size(); i++) {
      String value = values.get(i);
      named.put(
          dataset.partitions().get(i).name(),
          value.equals(Sync.NULL) ? Optional.empty() : Optional.of(value));
    }
    return Partition.of(named);
  }

  private AwsPlace place(String location) {
    return AwsPlace.parse(backend.settings(), location)
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "read",
                    Subject.dataset(dataset.id()),
                    "some of it is at "
                        + location
                        + ", which is no folder of this lake's buckets; name the bucket with"
                        + " AwsSettings...bucket(Zone.named(...), ...)"));
  }

  private List<DataFile> files(Partition partition, AwsPlace place) {
    try (Stream<ObjectVersion> versions = backend.store(place.zone()).versions(place.folder())) {
      return versions
          .filter(one -> one.state() == ObjectVersion.State.LATEST && one.kind() == Kind.CONTENT)
          .filter(one -> Views.isVisible(one.key().substring(place.folder().length())))
          .map(
              one ->
                  new DataFile(
                      new ObjectRef(place.zone(), one.key(), one.version()),
                      partition,
                      one.size(),
                      OptionalLong.empty(),
                      Optional.empty()))
          .toList();
    }
  }
}
