package io.lakesdk.catalog.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.catalog.definition.StoredDefinition;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Migrations;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import java.util.List;
import java.util.Optional;

/** The statements on the catalog's tables. */
final class CatalogTables {

  static final Migrations MIGRATIONS =
      new Migrations(
          "catalog",
          List.of(
              """
              CREATE TABLE catalog_dataset(
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                zone TEXT NOT NULL,
                location TEXT NOT NULL,
                version INTEGER NOT NULL,
                PRIMARY KEY (database, name)) STRICT, WITHOUT ROWID;
              CREATE INDEX catalog_dataset_location ON catalog_dataset(zone, location);
              CREATE TABLE catalog_version(
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                number INTEGER NOT NULL,
                definition TEXT NOT NULL,
                registered_at INTEGER NOT NULL,
                registered_by TEXT NOT NULL,
                PRIMARY KEY (database, name, number),
                FOREIGN KEY (database, name) REFERENCES catalog_dataset(database, name)
                  ON DELETE CASCADE) STRICT, WITHOUT ROWID;
              """,
              """
              CREATE TABLE catalog_view(
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                number INTEGER NOT NULL,
                definition TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                created_by TEXT NOT NULL,
                PRIMARY KEY (database, name, number)) STRICT, WITHOUT ROWID;
              """));

  private static final String CURRENT =
      """
      SELECT d.database, d.name, v.number, v.definition, v.registered_at, v.registered_by
      FROM catalog_dataset d
      JOIN catalog_version v
        ON v.database = d.database AND v.name = d.name AND v.number = d.version
      """;

  private CatalogTables() {}

  /** Says that an open lake has made sure of the tables once. */
  private record Migrated() implements AutoCloseable {
    @Override
    public void close() {
      // nothing is held
    }
  }

  /** The metadata of a lake, in which the tables are. */
  static MetadataStore in(Lake lake, EmbeddedBackend backend) {
    MetadataStore metadata = backend.metadata();
    lake.shared(
        Migrated.class,
        () -> {
          metadata.migrate(MIGRATIONS);
          return new Migrated();
        });
    return metadata;
  }

  static Optional<Registered> find(Tx tx, DatasetId id) {
    return tx.first(
        CURRENT + "WHERE d.database = ? AND d.name = ?",
        CatalogTables::registered,
        id.database(),
        id.table());
  }

  static List<Registered> all(Tx tx) {
    return tx.list(CURRENT + "ORDER BY d.database, d.name", CatalogTables::registered);
  }

  static List<Registered> all(Tx tx, String database) {
    return tx.list(
        CURRENT + "WHERE d.database = ? ORDER BY d.name", CatalogTables::registered, database);
  }

  static List<Registered> versions(Tx tx, DatasetId id) {
    return tx.list(
        "SELECT database, name, number, definition, registered_at, registered_by FROM"
            + " catalog_version WHERE database = ? AND name = ? ORDER BY number DESC",
        CatalogTables::registered,
        id.database(),
        id.table());
  }

  /** Another dataset of the zone of which the location contains this one, or lies in it. */
  static Optional<DatasetId> overlapping(Tx tx, Dataset dataset) {
    return tx.first(
        "SELECT database, name FROM catalog_dataset WHERE zone = ?1 AND NOT (database = ?2 AND name"
            + " = ?3) AND (substr(location, 1, length(?4)) = ?4 OR substr(?4, 1, length(location))"
            + " = location) ORDER BY database, name",
        row -> new DatasetId(row.text("database"), row.text("name")),
        dataset.zone().name(),
        dataset.id().database(),
        dataset.id().table(),
        dataset.location());
  }

  static void add(Tx tx, Registered version) {
    Dataset dataset = version.dataset();
    tx.update(
        "INSERT INTO catalog_dataset(database, name, zone, location, version) VALUES (?, ?, ?, ?,"
            + " ?) ON CONFLICT(database, name) DO UPDATE SET zone = excluded.zone, location ="
            + " excluded.location, version = excluded.version",
        dataset.id().database(),
        dataset.id().table(),
        dataset.zone().name(),
        dataset.location(),
        version.number());
    tx.update(
        "INSERT INTO catalog_version(database, name, number, definition, registered_at,"
            + " registered_by) VALUES (?, ?, ?, ?, ?, ?)",
        dataset.id().database(),
        dataset.id().table(),
        version.number(),
        StoredDefinition.write(dataset),
        version.at(),
        version.by().toString());
  }

  static void remove(Tx tx, DatasetId id) {
    tx.update(
        "DELETE FROM catalog_dataset WHERE database = ? AND name = ?", id.database(), id.table());
  }

  private static Registered registered(Row row) {
    DatasetId id = new DatasetId(row.text("database"), row.text("name"));
    return new Registered(
        row.number("number"),
        StoredDefinition.read(id, row.text("definition")),
        row.instant("registered_at"),
        Principal.parse(row.text("registered_by")));
  }
}
