package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.metadata.Migrations;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.query.Workgroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables of workgroups and their executions, and the workgroups in them. */
final class WorkgroupTables {

  /**
   * An execution has the process that runs it, by which others tell whether it still may; what it
   * read is empty where that is not known. Where its result may be given again it has the
   * fingerprint of what decides on the rows.
   */
  static final Migrations MIGRATIONS =
      new Migrations(
          "query",
          List.of(
              """
              CREATE TABLE query_workgroup(
                name TEXT PRIMARY KEY,
                state TEXT NOT NULL,
                settings TEXT NOT NULL,
                results TEXT,
                scan_limit INTEGER,
                quota_bytes INTEGER,
                quota_seconds INTEGER) STRICT, WITHOUT ROWID;
              CREATE TABLE query_execution(
                id TEXT PRIMARY KEY,
                workgroup TEXT NOT NULL,
                principal TEXT NOT NULL,
                statement TEXT NOT NULL,
                database TEXT NOT NULL,
                state TEXT NOT NULL,
                reason TEXT,
                submitted_at INTEGER NOT NULL,
                completed_at INTEGER,
                results TEXT,
                partitions_total INTEGER,
                partitions_scanned INTEGER,
                files_total INTEGER,
                files_scanned INTEGER,
                bytes_scanned INTEGER NOT NULL,
                bytes_billed INTEGER NOT NULL,
                reused INTEGER NOT NULL,
                process TEXT NOT NULL,
                fingerprint TEXT) STRICT;
              CREATE INDEX query_execution_workgroup ON query_execution(workgroup, submitted_at);
              CREATE INDEX query_execution_submitted ON query_execution(submitted_at);
              CREATE INDEX query_execution_fingerprint
                ON query_execution(fingerprint, completed_at) WHERE fingerprint IS NOT NULL;
              """));

  private WorkgroupTables() {}

  static void put(Tx tx, Workgroup group) {
    int unused =
        tx.update(
            "INSERT OR REPLACE INTO query_workgroup(name, state, settings, results, scan_limit,"
                + " quota_bytes, quota_seconds) VALUES (?, ?, ?, ?, ?, ?, ?)",
            group.name(),
            group.state().name(),
            group.settings().name(),
            group.results(),
            group.scanLimit().isPresent()
                ? Optional.of(group.scanLimit().getAsLong())
                : Optional.empty(),
            group.quota().map(Workgroup.Quota::bytes),
            group.quota().map(quota -> quota.window().toSeconds()));
  }

  static Optional<Workgroup> find(Tx tx, String name) {
    return tx.first(
        "SELECT * FROM query_workgroup WHERE name = ?", WorkgroupTables::workgroup, name);
  }

  static List<Workgroup> list(Tx tx) {
    return tx.list("SELECT * FROM query_workgroup ORDER BY name", WorkgroupTables::workgroup);
  }

  /** Removes it and its executions. */
  static boolean remove(Tx tx, String name) {
    int unused = tx.update("DELETE FROM query_execution WHERE workgroup = ?", name);
    return tx.update("DELETE FROM query_workgroup WHERE name = ?", name) > 0;
  }

  private static Workgroup workgroup(Row row) {
    OptionalLong bytes = row.optionalNumber("quota_bytes");
    return new Workgroup(
        row.text("name"),
        Workgroup.State.valueOf(row.text("state")),
        Workgroup.Settings.valueOf(row.text("settings")),
        row.optionalText("results"),
        row.optionalNumber("scan_limit"),
        bytes.isPresent()
            ? Optional.of(
                new Workgroup.Quota(
                    bytes.getAsLong(), Duration.ofSeconds(row.number("quota_seconds"))))
            : Optional.empty());
  }
}
