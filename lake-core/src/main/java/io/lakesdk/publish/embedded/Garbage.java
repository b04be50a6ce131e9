package io.lakesdk.publish.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.draft.Origin;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects on their way out. They are noted in the transaction that finds that nobody needs them,
 * removed after it, and then forgotten; whoever crashes in between leaves them to the next vacuum.
 */
final class Garbage {

  private final EmbeddedBackend backend;
  private final DatasetId dataset;

  Garbage(EmbeddedBackend backend, DatasetId dataset) {
    this.backend = backend;
    this.dataset = dataset;
  }

  /** An object to be removed, and its size. */
  record Item(ObjectRef object, long bytes) {}

  static boolean holds(Tx tx, ObjectRef object) {
    return tx.first(
            "SELECT 1 AS one FROM publish_garbage WHERE key = ? AND object_version = ? AND zone = ?",
            row -> true,
            object.key(),
            object.version(),
            object.zone().name())
        .isPresent();
  }

  /**
   * Notes objects, except those that some dataset has a file row for and those that no load wrote,
   * which stay as they are.
   */
  void add(Tx tx, List<Item> items) {
    tx.batch(
        "INSERT OR IGNORE INTO publish_garbage(zone, key, object_version, dataset, bytes)"
            + " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM publish_file"
            + " WHERE key = ?2 AND object_version = ?3 AND zone = ?1)",
        items.stream()
            .filter(item -> Origin.of(store(item.object()), item.object()) != Origin.OTHERS)
            .<@Nullable Object[]>map(
                item ->
                    new @Nullable Object[] {
                      item.object().zone().name(),
                      item.object().key(),
                      item.object().version(),
                      dataset.toString(),
                      item.bytes()
                    })
            .toList());
  }

  private ObjectStore store(ObjectRef object) {
    return backend.stores().apply(object.zone());
  }

  /** What was removed. */
  record Removed(long files, long bytes) {}

  /**
   * Removes what is noted for the dataset. Several may do so at once; each file is counted once.
   */
  Removed remove() {
    List<Item> items = backend.metadata().read(this::noted);
    Visibility visibility = new Visibility(backend);
    items.forEach(item -> visibility.remove(item.object()));
    return items.isEmpty() ? new Removed(0, 0) : backend.metadata().write(tx -> forget(tx, items));
  }

  private List<Item> noted(Tx tx) {
    return tx.list(
        "SELECT zone, key, object_version, bytes FROM publish_garbage WHERE dataset = ?",
        row -> new Item(FileRows.object(row), row.number("bytes")),
        dataset.toString());
  }

  private static Removed forget(Tx tx, List<Item> items) {
    long files = 0;
    long bytes = 0;
    for (Item item : items) {
      int forgotten =
          tx.update(
              "DELETE FROM publish_garbage WHERE key = ? AND object_version = ? AND zone = ?",
              item.object().key(),
              item.object().version(),
              item.object().zone().name());
      files += forgotten;
      bytes += forgotten * item.bytes();
    }
    return new Removed(files, bytes);
  }
}
