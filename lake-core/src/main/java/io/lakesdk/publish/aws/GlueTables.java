package io.lakesdk.publish.aws;

import com.google.common.collect.Iterables;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.DatasetId;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Tables and partitions of Glue, as far as publishing changes them. Sizes of pages are from "Table
 * API" and "Partition API" of the AWS Glue API reference.
 */
final class GlueTables {

  private static final String VERB = "show in Glue the newest version of";
  private static final int MOST_WRITTEN = 100;
  private static final int MOST_DELETED = 25;
  private static final int MOST_READ = 1000;

  private final GlueClient glue;
  private final AwsConnection.Calls calls;

  GlueTables(AwsBackend backend) {
    this.glue = backend.connection().client(AwsService.GLUE, GlueClient.builder());
    this.calls = backend.connection().glue();
  }

  Optional<Table> find(DatasetId dataset) {
    try {
      return Optional.of(
          calls.read(
              Call.READ_METADATA,
              "find in Glue",
              Subject.dataset(dataset),
              () ->
                  glue.getTable(
                          request -> request.databaseName(dataset.database()).name(dataset.table()))
                      .table()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    }
  }

  /**
   * Changes a table's location and parameters, and nothing else.
   *
   * @param table as it was found
   * @return whether it was changed; otherwise somebody changed it since it was found
   */
  boolean update(
      DatasetId dataset, Table table, Optional<String> location, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(table.parameters());
    all.putAll(parameters);
    StorageDescriptor descriptor =
        location
            .map(uri -> table.storageDescriptor().toBuilder().location(uri).build())
            .orElse(table.storageDescriptor());
    TableInput input =
        TableInput.builder()
            .name(table.name())
            .description(table.description())
            .owner(table.owner())
            .lastAccessTime(table.lastAccessTime())
            .lastAnalyzedTime(table.lastAnalyzedTime())
            .retention(table.retention())
            .storageDescriptor(descriptor)
            .partitionKeys(table.hasPartitionKeys() ? table.partitionKeys() : null)
            .viewOriginalText(table.viewOriginalText())
            .viewExpandedText(table.viewExpandedText())
            .tableType(table.tableType())
            .targetTable(table.targetTable())
            .parameters(all)
            .build();
    try {
      calls.repeat(
          Call.WRITE_METADATA,
          VERB,
          Subject.dataset(dataset),
          () ->
              glue.updateTable(
                  request ->
                      request
                          .databaseName(dataset.database())
                          .tableInput(input)
                          .versionId(table.versionId())
                          .skipArchive(true)));
      return true;
    } catch (ConflictException overtaken) {
      return false;
    }
  }

  /** All partitions: values to location. */
  Map<List<String>, String> partitions(DatasetId dataset) {
    Map<List<String>, String> all = new HashMap<>();
    Optional<String> token = Optional.empty();
    do {
      String next = token.orElse(null);
      GetPartitionsResponse page =
          calls.read(
              Call.READ_METADATA,
              "list in Glue the partitions of",
              Subject.dataset(dataset),
              () ->
                  glue.getPartitions(
                      request ->
                          request
                              .databaseName(dataset.database())
                              .tableName(dataset.table())
                              .excludeColumnSchema(true)
                              .nextToken(next)));
      add(page.partitions(), all);
      token = Optional.ofNullable(page.nextToken()).filter(text -> !text.isEmpty());
    } while (token.isPresent());
    return all;
  }

  /** Those of some partitions that there are. */
  Map<List<String>, String> partitions(DatasetId dataset, List<List<String>> wanted) {
    Map<List<String>, String> found = new HashMap<>();
    for (List<List<String>> page : Iterables.partition(wanted, MOST_READ)) {
      add(
          calls
              .read(
                  Call.READ_METADATA,
                  "find in Glue partitions of",
                  Subject.dataset(dataset),
                  () ->
                      glue.batchGetPartition(
                          request ->
                              request
                                  .databaseName(dataset.database())
                                  .tableName(dataset.table())
                                  .partitionsToGet(lists(page))))
              .partitions(),
          found);
    }
    return found;
  }

  private static void add(List<Partition> partitions, Map<List<String>, String> all) {
    for (Partition partition : partitions) {
      StorageDescriptor descriptor = partition.storageDescriptor();
      String location = descriptor == null ? null : descriptor.location();
      all.put(List.copyOf(partition.values()), location == null ? "" : location);
    }
  }

  private static List<PartitionValueList> lists(List<List<String>> all) {
    return all.stream().map(values -> PartitionValueList.builder().values(values).build()).toList();
  }

  /** A partition whose change Glue refused, and the code of the refusal. */
  record Refused(List<String> values, String code) {}

  /** Makes partitions at locations; those that Glue refused are returned. */
  List<Refused> create(DatasetId dataset, Table table, Map<List<String>, String> locations) {
    return inPages(
        dataset,
        MOST_WRITTEN,
        inputs(table, locations),
        page ->
            glue
                .batchCreatePartition(
                    request ->
                        request
                            .databaseName(dataset.database())
                            .tableName(dataset.table())
                            .partitionInputList(page))
                .errors()
                .stream()
                .map(GlueTables::refused)
                .toList());
  }

  /** Gives partitions other locations. */
  List<Refused> update(DatasetId dataset, Table table, Map<List<String>, String> locations) {
    return inPages(
        dataset,
        MOST_WRITTEN,
        inputs(table, locations).stream().map(GlueTables::changed).toList(),
        page ->
            glue
                .batchUpdatePartition(
                    request ->
                        request
                            .databaseName(dataset.database())
                            .tableName(dataset.table())
                            .entries(page))
                .errors()
                .stream()
                .map(
                    error ->
                        new Refused(error.partitionValueList(), error.errorDetail().errorCode()))
                .toList());
  }

  /** Removes partitions, not their files. */
  List<Refused> delete(DatasetId dataset, List<List<String>> all) {
    return inPages(
        dataset,
        MOST_DELETED,
        all,
        page ->
            glue
                .batchDeletePartition(
                    request ->
                        request
                            .databaseName(dataset.database())
                            .tableName(dataset.table())
                            .partitionsToDelete(lists(page)))
                .errors()
                .stream()
                .map(GlueTables::refused)
                .toList());
  }

  private <T> List<Refused> inPages(
      DatasetId dataset, int most, List<T> all, Function<List<T>, List<Refused>> write) {
    List<Refused> refused = new ArrayList<>();
    for (List<T> page : Iterables.partition(all, most)) {
      refused.addAll(
          calls.repeat(
              Call.WRITE_METADATA, VERB, Subject.dataset(dataset), () -> write.apply(page)));
    }
    return refused;
  }

  private static Refused refused(PartitionError error) {
    return new Refused(error.partitionValues(), error.errorDetail().errorCode());
  }

  private static BatchUpdatePartitionRequestEntry changed(PartitionInput input) {
    return BatchUpdatePartitionRequestEntry.builder()
        .partitionValueList(input.values())
        .partitionInput(input)
        .build();
  }

  private static List<PartitionInput> inputs(Table table, Map<List<String>, String> locations) {
    return locations.entrySet().stream()
        .map(
            one ->
                PartitionInput.builder()
                    .values(one.getKey())
                    .storageDescriptor(
                        table.storageDescriptor().toBuilder().location(one.getValue()).build())
                    .build())
        .toList();
  }
}
