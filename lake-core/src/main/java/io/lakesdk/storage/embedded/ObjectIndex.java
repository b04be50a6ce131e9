package io.lakesdk.storage.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.Zone;
import io.lakesdk.metadata.Migrations;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectVersion;
import io.lakesdk.storage.check.Fingerprint;
import io.lakesdk.storage.check.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The statements on the table of object versions. Every method is a part of a transaction. */
final class ObjectIndex {

  /** The tables of storage, those of names and garbage too. */
  static final Migrations MIGRATIONS =
      new Migrations(
          "storage",
          List.of(
              """
              CREATE TABLE storage_version(
                seq INTEGER PRIMARY KEY AUTOINCREMENT,
                zone TEXT NOT NULL,
                key BLOB NOT NULL,
                version TEXT NOT NULL,
                latest INTEGER NOT NULL,
                size INTEGER NOT NULL,
                modified INTEGER NOT NULL,
                blob TEXT,
                etag TEXT NOT NULL,
                crc32c INTEGER NOT NULL,
                sha256 TEXT NOT NULL,
                content_type TEXT NOT NULL,
                metadata TEXT
              ) STRICT;
              CREATE UNIQUE INDEX storage_by_key ON storage_version(zone, key, seq DESC);
              CREATE UNIQUE INDEX storage_latest ON storage_version(zone, key) WHERE latest = 1;
              CREATE INDEX storage_listed ON storage_version(zone, key)
                WHERE latest = 1 AND blob IS NOT NULL;
              CREATE INDEX storage_by_blob ON storage_version(blob) WHERE blob IS NOT NULL;
              CREATE TABLE storage_stale_name(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                zone TEXT NOT NULL,
                key BLOB NOT NULL
              ) STRICT;
              CREATE TABLE storage_garbage(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                blob TEXT NOT NULL UNIQUE
              ) STRICT;
              """));

  private static final String SELECT =
      "SELECT seq, key, version, latest, size, modified, blob, etag, crc32c, sha256, content_type,"
          + " metadata FROM storage_version ";

  private ObjectIndex() {}

  private static Entry entry(Row row) {
    ObjectInfo info =
        new ObjectInfo(
            Keys.decode(row.bytes("key")),
            row.text("version"),
            row.number("size"),
            row.text("etag"),
            OptionalInt.of((int) row.number("crc32c")),
            Optional.of(row.text("sha256")),
            row.text("content_type"),
            UserMetadata.read(row.optionalText("metadata")),
            row.instant("modified"));
    return new Entry(row.number("seq"), info, row.flag("latest"), row.optionalText("blob"));
  }

  /** What a reader of the key sees, which may be a delete marker. */
  static Optional<Entry> latest(Tx tx, Zone zone, byte[] key) {
    return tx.first(
        SELECT + "WHERE zone = ? AND key = ? AND latest = 1", ObjectIndex::entry, zone.name(), key);
  }

  static Optional<Entry> version(Tx tx, Zone zone, byte[] key, String version) {
    return tx.first(
        SELECT + "WHERE zone = ? AND key = ? AND version = ?",
        ObjectIndex::entry,
        zone.name(),
        key,
        version);
  }

  /** Current objects from one key on and before another one, in key order. */
  static List<Entry> current(Tx tx, Zone zone, byte[] from, byte[] before, int limit) {
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
  static List<Entry> versions(
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
    Fingerprint print = Fingerprint.of(info);
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
        print.checksums().crc32c(),
        print.checksums().sha256().orElseThrow(),
        info.contentType(),
        UserMetadata.write(info.metadata()));
  }

  /** Takes a version out; the newest that is left becomes the latest. */
  static void remove(Tx tx, Zone zone, byte[] key, Entry entry) {
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

  /**
   * One version in the index.
   *
   * @param sequence versions of a key are ordered by it
   * @param latest whether it is what a reader of the key sees
   * @param blob its bytes; empty for a delete marker
   */
  record Entry(long sequence, ObjectInfo info, boolean latest, Optional<String> blob) {

    boolean isMarker() {
      return blob.isEmpty();
    }

    Fingerprint fingerprint() {
      return Fingerprint.of(info);
    }

    ObjectVersion toVersion() {
      return new ObjectVersion(
          info.key(),
          info.version(),
          isMarker() ? ObjectVersion.Kind.DELETE_MARKER : ObjectVersion.Kind.CONTENT,
          latest ? ObjectVersion.State.LATEST : ObjectVersion.State.EARLIER,
          info.size(),
          info.modified());
    }
  }

  /** The user's pairs as the index holds them: a JSON object, or nothing where there are none. */
  static final class UserMetadata {

    private UserMetadata() {}

    /** Objects without metadata, which are most, must not load Jackson. */
    private static final class Json {
      private static final ObjectMapper MAPPER = new ObjectMapper();
      private static final TypeReference<Map<String, String>> PAIRS = new TypeReference<>() {};
    }

    static Optional<String> write(Map<String, String> pairs) {
      if (pairs.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Json.MAPPER.writeValueAsString(pairs));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("pairs of text are always JSON", e);
      }
    }

    static Map<String, String> read(Optional<String> json) {
      if (json.isEmpty()) {
        return Map.of();
      }
      try {
        return Json.MAPPER.readValue(json.get(), Json.PAIRS);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the index holds user metadata that is not JSON", e);
      }
    }
  }
}
