package io.lakesdk.query.statement.hive;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.folder.FolderFiles;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.table.Targets;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * MSCK REPAIR TABLE: makes what others put into the table's folder part of it, as one load. Besides
 * new partitions, which are all that Athena looks for and what the answer names, these are new
 * files of known partitions, and new contents of known files, since a table is its files here.
 * Source: "MSCK REPAIR TABLE" of the Athena user guide; the lines are those of Hive.
 */
record RepairTable(List<String> name) implements Ddl {

  @Override
  public Rows run(Lake lake, String database) {
    DatasetId id = TableNames.id(name, database);
    Dataset table = new Targets(lake, database).find(id);
    FolderFiles folder = FolderFiles.of(lake, table);
    List<ObjectInfo> found = folder.all();
    List<DataFile> published = Publishing.of(lake).snapshot(table).files(PartitionFilter.any());
    Homes homes = Homes.of(published);
    List<FolderFiles.Member> added = new ArrayList<>();
    Set<Partition> renewed = new HashSet<>();
    for (ObjectInfo object : found) {
      Optional<DataFile> known = homes.file(object.key());
      Optional<Partition> home =
          homes.partition(object.key()).or(() -> folder.partition(object.key()));
      if (home.isPresent() && known.filter(file -> isSame(file, object)).isEmpty()) {
        added.add(new FolderFiles.Member(object, home.get()));
        known.map(DataFile::partition).ifPresent(renewed::add);
      }
    }
    if (!added.isEmpty()) {
      Write write = renewed.isEmpty() ? Write.append() : Write.overwritePartitions();
      List<FolderFiles.Member> whole =
          renewed.isEmpty() ? added : whole(lake, table, added, published);
      new Adoption(lake, table)
          .publish(write, whole, () -> Targets.requireUnchanged(lake, table, "repair"));
    }
    return FixedRows.texts("result", lines(table, added, published));
  }

  private static boolean isSame(DataFile file, ObjectInfo object) {
    return file.object().version().equals(object.version());
  }

  /**
   * Where the files of a table are. The folder of files that ADD PARTITION took says nothing of
   * their partition, so that a new file beside them is of theirs.
   */
  private record Homes(Map<String, DataFile> files, Map<String, Set<Partition>> folders) {

    static Homes of(List<DataFile> published) {
      Map<String, DataFile> files = new HashMap<>();
      Map<String, Set<Partition>> folders = new HashMap<>();
      for (DataFile file : published) {
        String key = file.object().key();
        files.put(key, file);
        folders.computeIfAbsent(folder(key), any -> new HashSet<>()).add(file.partition());
      }
      return new Homes(files, folders);
    }

    private static String folder(String key) {
      return key.substring(0, key.lastIndexOf('/') + 1);
    }

    Optional<DataFile> file(String key) {
      return Optional.ofNullable(files.get(key));
    }

    Optional<Partition> partition(String key) {
      Set<Partition> all = folders.getOrDefault(folder(key), Set.of());
      return file(key)
          .map(DataFile::partition)
          .or(() -> all.size() == 1 ? all.stream().findFirst() : Optional.empty());
    }
  }

  /** Overwriting replaces whole partitions, so what they have is part of the load. */
  private static List<FolderFiles.Member> whole(
      Lake lake, Dataset table, List<FolderFiles.Member> added, List<DataFile> published) {
    Set<Partition> touched =
        added.stream().map(FolderFiles.Member::partition).collect(Collectors.toSet());
    Set<String> keys = added.stream().map(one -> one.object().key()).collect(Collectors.toSet());
    ObjectStore store = lake.backend().store(table.zone());
    List<FolderFiles.Member> whole = new ArrayList<>(added);
    for (DataFile file : published) {
      if (touched.contains(file.partition()) && !keys.contains(file.object().key())) {
        whole.add(new FolderFiles.Member(head(store, table, file), file.partition()));
      }
    }
    return whole;
  }

  private static ObjectInfo head(ObjectStore store, Dataset table, DataFile file) {
    try {
      return store.head(
          file.object().key(), ReadOptions.current().version(file.object().version()));
    } catch (NotFoundException vacuumed) {
      throw new ConflictException(
          "repair",
          Subject.dataset(table.id()),
          "a file of it was removed meanwhile; run it again",
          vacuumed);
    }
  }

  private static List<String> lines(
      Dataset table, List<FolderFiles.Member> added, List<DataFile> published) {
    Set<String> paths = new TreeSet<>();
    added.forEach(one -> paths.add(one.partition().path()));
    published.forEach(file -> paths.remove(file.partition().path()));
    if (!table.isPartitioned() || paths.isEmpty()) {
      return List.of();
    }
    String name = table.id().table() + ":";
    List<String> lines = new ArrayList<>();
    lines.add(
        "Partitions not in metastore:"
            + paths.stream().map(path -> "\t" + name + path).collect(Collectors.joining()));
    paths.forEach(path -> lines.add("Repair: Added partition to metastore " + name + path));
    return lines;
  }
}
