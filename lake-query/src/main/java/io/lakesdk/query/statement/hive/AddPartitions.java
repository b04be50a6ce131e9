package io.lakesdk.query.statement.hive;

import io.lakesdk.AwsPlace;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.query.folder.HiveFolders;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.table.Targets;
import io.lakesdk.storage.ObjectInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE ADD PARTITION: makes the objects of a folder a partition. All of a statement are one
 * load. Source: "ALTER TABLE ADD PARTITION" of the Athena user guide.
 *
 * @param ifNotExists whether a partition that is there is left as it is
 */
record AddPartitions(List<String> name, boolean ifNotExists, List<Part> parts) implements Ddl {

  /**
   * One partition.
   *
   * @param location its folder; {@code key=value/} in the table's unless told otherwise
   */
  record Part(PartitionSpec spec, Optional<String> location) {}

  @Override
  public Rows run(Lake lake, String database) {
    DatasetId id = TableNames.id(name, database);
    Dataset table = new Targets(lake, database).find(id);
    FolderFiles folder = FolderFiles.of(lake, table);
    Map<String, Partition> published = new HashMap<>();
    for (DataFile file : Publishing.of(lake).snapshot(table).files(PartitionFilter.any())) {
      published.put(file.object().key(), file.partition());
    }
    List<FolderFiles.Member> added = new ArrayList<>();
    Set<List<@Nullable Object>> known = new HashSet<>();
    new HashSet<>(published.values())
        .forEach(partition -> known.add(PartitionSpec.identity(table, partition)));
    for (Part part : parts) {
      Partition partition = part.spec().of(table);
      if (known.add(PartitionSpec.identity(table, partition))) {
        for (ObjectInfo object : objects(lake, table, folder, part, partition)) {
          requireFree(table, object, published);
          published.put(object.key(), partition);
          added.add(new FolderFiles.Member(object, partition));
        }
      } else if (!ifNotExists) {
        throw new AlreadyExistsException(
            "add a partition to",
            Subject.dataset(table.id()),
            "Partition already exists; write ADD IF NOT EXISTS PARTITION");
      }
    }
    if (!added.isEmpty()) {
      new Adoption(lake, table)
          .publish(
              Write.append(),
              added,
              () -> Targets.requireUnchanged(lake, table, "add a partition to"));
    }
    return FixedRows.none();
  }

  private static List<ObjectInfo> objects(
      Lake lake, Dataset table, FolderFiles files, Part part, Partition partition) {
    List<String> folders =
        part.location()
            .map(uri -> List.of(inside(lake, table, uri)))
            .orElseGet(() -> HiveFolders.of(table, partition));
    for (String folder : folders) {
      List<ObjectInfo> objects = files.in(folder);
      if (!objects.isEmpty()) {
        return objects;
      }
    }
    throw new InvalidDefinitionException(
        "add a partition to",
        Subject.dataset(table.id()),
        "there are no files in its folder, and a partition is there as long as it has files; put"
            + " them there first, or INSERT its rows");
  }

  private static String inside(Lake lake, Dataset table, String uri) {
    AwsPlace place = CreateExternalTable.place(lake, uri);
    if (!place.zone().equals(table.zone())
        || !place.folder().startsWith(table.location())
        || place.folder().equals(table.location())) {
      throw SqlErrors.refuse(
          "the LOCATION of a partition is not in the folder of table "
              + table.id()
              + "; copy its files there, or create a table of its own for that folder");
    }
    return place.folder();
  }

  private static void requireFree(
      Dataset table, ObjectInfo object, Map<String, Partition> published) {
    if (published.containsKey(object.key())) {
      throw new InvalidDefinitionException(
          "add a partition to",
          Subject.dataset(table.id()),
          "files in its folder are of another partition of the table already, and their rows would"
              + " appear twice");
    }
  }
}
