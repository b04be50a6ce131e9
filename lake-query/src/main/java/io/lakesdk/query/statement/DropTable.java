package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.table.TableNames;
import java.util.List;

/**
 * DROP TABLE: what {@link Catalog#drop} does, which removes what loads and statements wrote and
 * keeps the files of others, as Athena does for external tables. Source: "DROP TABLE" of the Athena
 * user guide.
 *
 * @param name its parts
 * @param ifExists whether it is no error that there is no such table
 */
record DropTable(List<String> name, boolean ifExists) implements Statement {

  @Override
  public Rows run(Session session) {
    DatasetId id = TableNames.id(name, session.database());
    if (ShowView.find(session, id).isPresent()) {
      throw SqlErrors.refuse(
          "Table '"
              + id
              + "' does not exist, but a view with that name exists; did you mean DROP"
              + " VIEW "
              + id
              + "?");
    }
    try {
      Catalog.of(session.lake()).drop(id);
    } catch (NotFoundException absent) {
      if (!ifExists) {
        throw absent;
      }
    }
    return FixedRows.none();
  }
}
