package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.Optional;
import java.util.stream.Stream;

/** SHOW TABLES: the datasets and views of a database that the principal may see, by name. */
record ShowTables(Optional<String> database, NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    String shown = database.orElse(session.database());
    return FixedRows.texts(
        "tab_name",
        Stream.concat(
                Catalog.of(session.lake()).list(shown).stream().map(dataset -> dataset.id()),
                Views.of(session.lake()).list(shown).stream().map(view -> view.id()))
            .sorted()
            .map(id -> id.table())
            .filter(pattern::matches)
            .toList());
  }
}
