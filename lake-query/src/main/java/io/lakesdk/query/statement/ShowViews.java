package io.lakesdk.query.statement;

import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.Optional;

/** SHOW VIEWS: the views of a database that the principal may see, by name. */
record ShowViews(Optional<String> database, NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    return FixedRows.texts(
        "views",
        Views.of(session.lake()).list(database.orElse(session.database())).stream()
            .map(view -> view.id().table())
            .filter(pattern::matches)
            .toList());
  }
}
