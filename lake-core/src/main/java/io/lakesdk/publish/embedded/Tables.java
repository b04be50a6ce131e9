package io.lakesdk.publish.embedded;

import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Migrations;
import java.util.List;

/**
 * The tables of publishing, of which an open lake makes sure once.
 *
 * <p>A file belongs to the versions of its spans: a span reaches from the version that added the
 * file to the one that removed it, which it does not include. So a version adds only what it
 * changes, and its content is found by comparing two numbers. Each version has its totals, each
 * partition the version that changed it last. Rows of {@code publish_garbage} are objects that
 * nobody needs any more and that are still to be removed.
 */
final class Tables implements AutoCloseable {

  /** The end of a span that has none yet. */
  static final long NO_END = Long.MAX_VALUE;

  private static final String FIRST =
      """
      CREATE TABLE publish_dataset(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        layout TEXT NOT NULL,
        version INTEGER NOT NULL,
        forgotten INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE publish_version(
        dataset INTEGER NOT NULL,
        number INTEGER NOT NULL,
        change TEXT NOT NULL,
        load TEXT,
        restored INTEGER,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        readable INTEGER NOT NULL,
        files_added INTEGER NOT NULL,
        files_removed INTEGER NOT NULL,
        rows_added INTEGER,
        partitions INTEGER NOT NULL,
        files INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        PRIMARY KEY(dataset, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX publish_version_readable ON publish_version(dataset, number) WHERE readable = 1;
      CREATE TABLE publish_source(
        dataset INTEGER NOT NULL,
        version INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        source_version INTEGER,
        via TEXT NOT NULL,
        PRIMARY KEY(dataset, version, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE publish_load(
        dataset INTEGER NOT NULL,
        load TEXT NOT NULL,
        version INTEGER NOT NULL,
        attempt TEXT NOT NULL,
        active INTEGER NOT NULL,
        PRIMARY KEY(dataset, load, version)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX publish_load_active ON publish_load(dataset, load) WHERE active = 1;
      CREATE TABLE publish_partition(
        id INTEGER PRIMARY KEY,
        dataset INTEGER NOT NULL,
        path TEXT NOT NULL,
        changed INTEGER NOT NULL,
        UNIQUE(dataset, path)
      ) STRICT;
      CREATE TABLE publish_partition_value(
        partition INTEGER NOT NULL,
        position INTEGER NOT NULL,
        dataset INTEGER NOT NULL,
        value ANY,
        PRIMARY KEY(partition, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX publish_partition_value_find
        ON publish_partition_value(dataset, position, value);
      CREATE TABLE publish_file(
        id INTEGER PRIMARY KEY,
        dataset INTEGER NOT NULL,
        version INTEGER NOT NULL,
        partition INTEGER NOT NULL,
        zone TEXT NOT NULL,
        key TEXT NOT NULL,
        object_version TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        rows INTEGER,
        sha256 TEXT NOT NULL
      ) STRICT;
      CREATE INDEX publish_file_version ON publish_file(dataset, version);
      CREATE INDEX publish_file_object ON publish_file(key, object_version);
      CREATE TABLE publish_span(
        dataset INTEGER NOT NULL,
        partition INTEGER NOT NULL,
        file INTEGER NOT NULL,
        from_version INTEGER NOT NULL,
        to_version INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX publish_span_dataset ON publish_span(dataset, to_version);
      CREATE INDEX publish_span_partition
        ON publish_span(partition, to_version, from_version, file, dataset);
      CREATE INDEX publish_span_file ON publish_span(file);
      CREATE TABLE publish_garbage(
        zone TEXT NOT NULL,
        key TEXT NOT NULL,
        object_version TEXT NOT NULL,
        dataset TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        PRIMARY KEY(key, object_version, zone)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX publish_garbage_dataset ON publish_garbage(dataset);
      """;

  private static final String SECOND =
      """
      CREATE INDEX publish_source_name ON publish_source(name);
      """;

  private Tables() {}

  static Tables in(MetadataStore metadata) {
    metadata.migrate(new Migrations("publish", List.of(FIRST, SECOND)));
    return new Tables();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
