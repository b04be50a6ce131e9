package io.lakesdk.publish.embedded;

import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.LoadId;
import java.util.Optional;

/**
 * Which loads one dataset holds. A load is active while the current version has, or replaced, what
 * it brought: a rollback takes back those that came after the version that it restores.
 */
final class Loads {

  /** The versions that led to a version, which for a rollback are those of the one it restored. */
  private static final String LINE =
      "WITH RECURSIVE line(number, restored) AS ("
          + "SELECT number, restored FROM publish_version WHERE dataset = ?1 AND number = ?2"
          + " UNION ALL SELECT v.number, v.restored FROM line JOIN publish_version v"
          + " ON v.dataset = ?1 AND v.number = coalesce(line.restored, line.number - 1))";

  private final Tx tx;
  private final Entry entry;

  Loads(Tx tx, Entry entry) {
    this.tx = tx;
    this.entry = entry;
  }

  /** An active load: the version that it made, and which draft of it that was. */
  record Active(long version, String attempt) {}

  Optional<Active> active(LoadId load) {
    return tx.first(
        "SELECT version, attempt FROM publish_load WHERE dataset = ? AND load = ? AND active = 1",
        row -> new Active(row.number("version"), row.text("attempt")),
        entry.id(),
        load.text());
  }

  void add(LoadId load, long version, String attempt) {
    tx.update(
        "INSERT INTO publish_load(dataset, load, version, attempt, active) VALUES (?, ?, ?, ?, 1)",
        entry.id(),
        load.text(),
        version,
        attempt);
  }

  /** Makes those loads active that were when this version was made, and no others. */
  void restore(long version) {
    tx.update("UPDATE publish_load SET active = 0 WHERE dataset = ? AND active = 1", entry.id());
    tx.update(
        LINE
            + " UPDATE publish_load SET active = 1 WHERE dataset = ?1 AND version IN"
            + " (SELECT number FROM line WHERE restored IS NULL)",
        entry.id(),
        version);
  }
}
