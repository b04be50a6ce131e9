package io.lakesdk.security.embedded;

import io.lakesdk.metadata.Migrations;
import java.util.List;

/** The tables of grants and audit. */
final class SecurityTables {

  /**
   * A principal is written as it prints; columns are joined by commas, which no column's name
   * holds, and are empty for all. The state row changes with the grants, so that one look at it
   * tells whether those in memory are the current ones. An entry of the audit is numbered by the
   * open lake that wrote it, so that it can be written again without harm; for a grant it has the
   * dataset or the zone that the grant is on.
   */
  static final Migrations MIGRATIONS =
      new Migrations(
          "security",
          List.of(
              """
              CREATE TABLE security_grant(
                id INTEGER PRIMARY KEY,
                principal TEXT NOT NULL,
                action TEXT NOT NULL,
                resource TEXT NOT NULL,
                columns TEXT NOT NULL,
                row_filter TEXT NOT NULL,
                granted_at INTEGER NOT NULL,
                UNIQUE(principal, action, resource, columns, row_filter)) STRICT;
              CREATE TABLE security_state(
                id INTEGER PRIMARY KEY CHECK(id = 1),
                grants INTEGER NOT NULL) STRICT;
              INSERT INTO security_state(id, grants) VALUES (1, 0);
              CREATE TABLE security_audit(
                at INTEGER NOT NULL,
                writer INTEGER NOT NULL,
                sequence INTEGER NOT NULL,
                principal TEXT NOT NULL,
                action TEXT NOT NULL,
                kind TEXT NOT NULL,
                resource TEXT NOT NULL,
                dataset TEXT,
                zone TEXT,
                columns TEXT NOT NULL,
                allowed INTEGER NOT NULL,
                reason TEXT NOT NULL,
                PRIMARY KEY(at, writer, sequence)) STRICT, WITHOUT ROWID;
              CREATE INDEX security_audit_principal ON security_audit(principal, at);
              CREATE INDEX security_audit_dataset ON security_audit(dataset, at)
                WHERE dataset IS NOT NULL;
              CREATE INDEX security_audit_zone ON security_audit(zone, at)
                WHERE zone IS NOT NULL;
              """));

  private SecurityTables() {}
}
