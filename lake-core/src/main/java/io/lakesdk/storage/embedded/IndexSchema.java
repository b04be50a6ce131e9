package io.lakesdk.storage.embedded;

import io.lakesdk.metadata.Migrations;
import java.util.List;

/** The tables of the object index. */
final class IndexSchema {

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

  private IndexSchema() {}
}
