package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;

/** SHOW DATABASES: those with datasets that the principal may see, by name. */
record ShowDatabases(NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    return FixedRows.texts(
        "database_name",
        Catalog.of(session.lake()).list().stream()
            .map(dataset -> dataset.id().database())
            .filter(pattern::matches)
            .distinct()
            .toList());
  }
}
