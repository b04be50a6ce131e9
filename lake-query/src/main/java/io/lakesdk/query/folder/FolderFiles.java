package io.lakesdk.query.folder;

import io.lakesdk.Backend;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Partition;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The objects that others put into a table's folder. As in Athena, folders below are part of it,
 * and what starts with an underscore or a dot is not; empty objects are not either. What a load
 * wrote is in the table through that load, or not at all.
 */
public final class FolderFiles {

  private final Dataset table;
  private final ObjectStore store;

  private FolderFiles(Dataset table, ObjectStore store) {
    this.table = table;
    this.store = store;
  }

  /**
   * An object of a table.
   *
   * @param object in the version that it has now
   * @param partition that it belongs to
   */
  public record Member(ObjectInfo object, Partition partition) {}

  /**
   * As the lake's principal may read them.
   *
   * @throws AccessDeniedException if it may not read the zone
   */
  public static FolderFiles of(Lake lake, Dataset table) {
    lake.access().require(Action.READ, Resource.object(table.zone(), table.location()));
    return new FolderFiles(table, lake.backend().store(table.zone()));
  }

  /** For those who have asked whether the table may be read. */
  public static FolderFiles unchecked(Backend backend, Dataset table) {
    return new FolderFiles(table, backend.store(table.zone()));
  }

  /** The objects in the table's folder and below. */
  public List<ObjectInfo> all() {
    return in(table.location());
  }

  /** The objects of a table without partitions. */
  public List<Member> unpartitioned() {
    return all().stream().map(object -> new Member(object, Partition.none())).toList();
  }

  /** The objects in a folder of the table and below. */
  public List<ObjectInfo> in(String folder) {
    return in(folder, Set.of());
  }

  /**
   * {@link #in(String)}, also those that loads wrote, of these.
   *
   * @param published the files of a version of the table
   */
  public List<ObjectInfo> in(String folder, Set<ObjectRef> published) {
    List<ObjectInfo> objects = new ArrayList<>();
    try (Stream<ListedObject> listed = store.all(folder)) {
      listed
          .filter(object -> object.size() > 0 && isVisible(object.key()))
          .forEach(object -> current(object.key(), published).ifPresent(objects::add));
    }
    return objects;
  }

  private boolean isVisible(String key) {
    for (String name : key.substring(table.location().length()).split("/", -1)) {
      if (name.isEmpty() || name.startsWith("_") || name.startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** The object as it is now, unless it is gone since it was listed, or a load wrote it. */
  private Optional<ObjectInfo> current(String key, Set<ObjectRef> published) {
    try {
      ObjectInfo object = store.head(key, ReadOptions.current());
      boolean loaded = object.metadata().containsKey(Draft.OBJECT_MARK);
      ObjectRef reference = new ObjectRef(table.zone(), key, object.version());
      return loaded && !published.contains(reference) ? Optional.empty() : Optional.of(object);
    } catch (NotFoundException goneSinceListed) {
      return Optional.empty();
    }
  }

  /**
   * The partition that folders {@code key=value} of the table's keys, in their order, say; nothing
   * if an object is in none.
   */
  public Optional<Partition> partition(String key) {
    List<String> keys = table.partitions().stream().map(Column::name).toList();
    String[] folders = key.substring(table.location().length()).split("/", -1);
    if (folders.length <= keys.size()) {
      return Optional.empty();
    }
    Map<String, Optional<String>> values = new HashMap<>();
    try {
      String path = String.join("/", List.of(folders).subList(0, keys.size()));
      Partition.parse(path)
          .values()
          .forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    } catch (BadDataException | IllegalArgumentException noKeys) {
      return Optional.empty();
    }
    return values.keySet().equals(Set.copyOf(keys))
        ? Optional.of(ordered(keys, values))
        : Optional.empty();
  }

  private static Partition ordered(List<String> keys, Map<String, Optional<String>> values) {
    Map<String, Optional<String>> ordered = new LinkedHashMap<>();
    keys.forEach(key -> ordered.put(key, values.getOrDefault(key, Optional.empty())));
    return Partition.of(ordered);
  }
}
