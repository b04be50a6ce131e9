package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.stream.Stream;

/** SHOW DATABASES: those with datasets or views that the principal may see, by name. */
record ShowDatabases(NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    return FixedRows.texts(
        "database_name",
        Stream.concat(
                Catalog.of(session.lake()).list().stream().map(dataset -> dataset.id()),
                Views.of(session.lake()).list().stream().map(view -> view.id()))
            .map(id -> id.database())
            .filter(pattern::matches)
            .distinct()
            .sorted()
            .toList());
  }
}
