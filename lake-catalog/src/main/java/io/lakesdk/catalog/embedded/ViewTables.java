package io.lakesdk.catalog.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.catalog.definition.StoredView;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import java.util.List;
import java.util.Optional;

/** The statements on the table of views. The version with the highest number is the current one. */
final class ViewTables {

  private static final String CURRENT =
      """
      SELECT database, name, number, definition, created_at, created_by
      FROM catalog_view v
      WHERE number = (SELECT max(number) FROM catalog_view w
        WHERE w.database = v.database AND w.name = v.name)
      """;

  private ViewTables() {}

  static Optional<Version> find(Tx tx, DatasetId id) {
    return tx.first(
        CURRENT + "AND database = ? AND name = ?", ViewTables::version, id.database(), id.table());
  }

  static List<Version> all(Tx tx) {
    return tx.list(CURRENT + "ORDER BY database, name", ViewTables::version);
  }

  static List<Version> all(Tx tx, String database) {
    return tx.list(CURRENT + "AND database = ? ORDER BY name", ViewTables::version, database);
  }

  static List<Version> versions(Tx tx, DatasetId id) {
    return tx.list(
        "SELECT database, name, number, definition, created_at, created_by FROM catalog_view WHERE"
            + " database = ? AND name = ? ORDER BY number DESC",
        ViewTables::version,
        id.database(),
        id.table());
  }

  static void add(Tx tx, Version version) {
    tx.update(
        "INSERT INTO catalog_view(database, name, number, definition, created_at, created_by)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        version.view().id().database(),
        version.view().id().table(),
        version.number(),
        StoredView.write(version.view()),
        version.at(),
        version.by().toString());
  }

  static void remove(Tx tx, DatasetId id) {
    tx.update(
        "DELETE FROM catalog_view WHERE database = ? AND name = ?", id.database(), id.table());
  }

  private static Version version(Row row) {
    DatasetId id = new DatasetId(row.text("database"), row.text("name"));
    return new Version(
        row.number("number"),
        StoredView.read(id, row.text("definition")),
        row.instant("created_at"),
        Principal.parse(row.text("created_by")));
  }
}
