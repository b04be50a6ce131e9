package io.lakesdk.query.statement;

import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.hive.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SHOW TABLES: the datasets and views of a database that the principal may see, by name, or the
 * tables of a schema of a federated source.
 *
 * @param database the parts of its name; none for that of the statement
 */
record ShowTables(List<String> database, NamePattern pattern) implements Statement {

  @Override
  public Rows run(Session session) {
    Optional<String> source = ShowSource.catalog(database, 2);
    if (source.isPresent()) {
      return FixedRows.texts(
          "tab_name", ShowSource.tables(session.lake(), source.get(), database.get(1), pattern));
    }
    if (database.size() > 2) {
      throw SqlErrors.refuse("a database has a name of one part, or of two with its catalog");
    }
    String shown = database.isEmpty() ? session.database() : database.get(database.size() - 1);
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
