package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SHOW DATABASES: those with datasets or views that the principal may see, by name, or the schemas
 * of a federated source.
 *
 * @param catalog whose; the lake's own unless given
 */
record ShowDatabases(Optional<String> catalog, NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    Optional<String> source = catalog.flatMap(name -> ShowSource.catalog(List.of(name), 1));
    if (source.isPresent()) {
      return FixedRows.texts(
          "database_name", ShowSource.schemas(session.lake(), source.get(), pattern));
    }
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
