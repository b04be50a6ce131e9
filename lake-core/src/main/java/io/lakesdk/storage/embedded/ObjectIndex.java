package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.ObjectInfo;
import java.util.List;
import java.util.Optional;

/** The statements on the table of object versions. Every method is a part of a transaction. */
final class ObjectIndex {

  private static final String SELECT =
      "SELECT seq, key, version, latest, size, modified, blob, etag, crc32c, sha256, content_type,"
          + " metadata FROM storage_version ";

  private ObjectIndex() {}

  private static IndexEntry entry(Row row) {
    ObjectInfo info =
        new ObjectInfo(
            Keys.decode(row.bytes("key")),
            row.text("version"),
            row.number("size"),
            row.text("etag"),
            (int) row.number("crc32c"),
            row.text("sha256"),
            row.text("content_type"),
            UserMetadata.read(row.optionalText("metadata")),
            row.instant("modified"));
    return new IndexEntry(row.number("seq"), info, row.flag("latest"), row.optionalText("blob"));
  }

  /** What a reader of the key sees, which may be a delete marker. */
  static Optional<IndexEntry> latest(Tx tx, Zone zone, byte[] key) {
    return tx.first(
        SELECT + "WHERE zone = ? AND key = ? AND latest = 1", ObjectIndex::entry, zone.name(), key);
  }

  static Optional<IndexEntry> version(Tx tx, Zone zone, byte[] key, String version) {
    return tx.first(
        SELECT + "WHERE zone = ? AND key = ? AND version = ?",
        ObjectIndex::entry,
        zone.name(),
        key,
        version);
  }

  /** Current objects from one key on and before another one, in key order. */
  static List<IndexEntry> current(Tx tx, Zone zone, byte[] from, byte[] before, int limit) {
    return tx.list(
        SELECT
            + "WHERE zone = ? AND key >= ? AND key < ? AND latest = 1 AND blob IS NOT NULL"
            + " ORDER BY key LIMIT ?",
        ObjectIndex::entry,
        zone.name(),
        from,
        before,
        limit);
  }

  /**
   * Versions in key order and the newest first, from one key on and before another one; of the
   * first key only those older than {@code sequence}.
   */
  static List<IndexEntry> versions(
      Tx tx, Zone zone, byte[] from, long sequence, byte[] before, int limit) {
    return tx.list(
        SELECT
            + "WHERE zone = ? AND key >= ? AND key < ? AND (key > ? OR seq < ?)"
            + " ORDER BY key, seq DESC LIMIT ?",
        ObjectIndex::entry,
        zone.name(),
        from,
        before,
        from,
        sequence,
        limit);
  }

  /** Makes this the latest version of its key. */
  static void add(Tx tx, Zone zone, byte[] key, ObjectInfo info, Optional<String> blob) {
    tx.update(
        "UPDATE storage_version SET latest = 0 WHERE zone = ? AND key = ? AND latest = 1",
        zone.name(),
        key);
    tx.update(
        "INSERT INTO storage_version(zone, key, version, latest, size, modified, blob, etag,"
            + " crc32c, sha256, content_type, metadata) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?,"
            + " ?)",
        zone.name(),
        key,
        info.version(),
        info.size(),
        info.modified(),
        blob,
        info.etag(),
        info.crc32c(),
        info.sha256(),
        info.contentType(),
        UserMetadata.write(info.metadata()));
  }

  /** Takes a version out; the newest that is left becomes the latest. */
  static void remove(Tx tx, Zone zone, byte[] key, IndexEntry entry) {
    tx.update("DELETE FROM storage_version WHERE seq = ?", entry.sequence());
    if (entry.latest()) {
      tx.update(
          "UPDATE storage_version SET latest = 1 WHERE seq = (SELECT max(seq) FROM storage_version"
              + " WHERE zone = ? AND key = ?)",
          zone.name(),
          key);
    }
  }

  static boolean refersTo(Tx tx, String blob) {
    return tx.first(
            "SELECT 1 AS found FROM storage_version WHERE blob = ? LIMIT 1",
            row -> row.number("found"),
            blob)
        .isPresent();
  }
}
