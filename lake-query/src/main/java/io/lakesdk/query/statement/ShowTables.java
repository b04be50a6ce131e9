package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.Optional;

/** SHOW TABLES: the datasets of a database that the principal may see, by name. */
record ShowTables(Optional<String> database, NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    return FixedRows.texts(
        "tab_name",
        Catalog.of(session.lake()).list(database.orElse(session.database())).stream()
            .map(dataset -> dataset.id().table())
            .filter(pattern::matches)
            .toList());
  }
}
