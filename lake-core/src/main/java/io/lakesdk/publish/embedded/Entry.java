package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.draft.Layout;
import java.util.Optional;

/**
 * A dataset that something was published to.
 *
 * @param id its number, which no other dataset ever has, also of the same name after a removal
 * @param dataset its name
 * @param layout its partition keys
 * @param version its current version; 0 while the first one is being made
 * @param forgotten no partition that is not there was changed after this version
 */
record Entry(long id, DatasetId dataset, Layout layout, long version, long forgotten) {

  static Optional<Entry> find(Tx tx, DatasetId dataset) {
    return tx.first(
        "SELECT id, name, layout, version, forgotten FROM publish_dataset WHERE name = ?",
        Entry::read,
        dataset.toString());
  }

  private static Entry read(Row row) {
    return new Entry(
        row.number("id"),
        DatasetId.parse(row.text("name")),
        Layout.parse(row.text("layout")),
        row.number("version"),
        row.number("forgotten"));
  }

  static Entry findOrCreate(Tx tx, Dataset dataset) {
    Entry entry = find(tx, dataset.id()).orElseGet(() -> create(tx, dataset));
    entry.requireLayoutOf(dataset);
    return entry;
  }

  private static Entry create(Tx tx, Dataset dataset) {
    Layout layout = Layout.of(dataset);
    tx.update(
        "INSERT INTO publish_dataset(name, layout, version, forgotten) VALUES (?, ?, 0, 0)",
        dataset.id().toString(),
        layout.print());
    return new Entry(tx.lastKey(), dataset.id(), layout, 0, 0);
  }

  void requireLayoutOf(Dataset description) {
    Layout described = Layout.of(description);
    if (!described.equals(layout)) {
      throw new InvalidDefinitionException(
          "publish to",
          Subject.dataset(dataset),
          "its files are "
              + layout
              + " and it is now described as "
              + described
              + "; partition keys and their types stay the same, so publish to a new dataset");
    }
  }

  /** The same dataset after this version was made. */
  Entry at(Tx tx, long number) {
    tx.update("UPDATE publish_dataset SET version = ? WHERE id = ?", number, id);
    return new Entry(id, dataset, layout, number, forgotten);
  }
}
