package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.statement.table.TableNames;
import java.util.List;

/**
 * DROP VIEW. Views that read it stay, and are stale until there is one of its name again. Source:
 * "DROP VIEW" of the Athena user guide.
 *
 * @param name its parts
 * @param ifExists whether it is no error that there is no such view
 */
record DropView(List<String> name, boolean ifExists) implements Statement {

  @Override
  public Rows run(Session session) {
    DatasetId id = TableNames.id(name, session.database());
    Views views = Views.of(session.lake());
    if (views.find(id).isEmpty() && Catalog.of(session.lake()).find(id).isPresent()) {
      throw SqlErrors.refuse(
          "View '"
              + id
              + "' does not exist, but a table with that name exists; did you mean DROP"
              + " TABLE "
              + id
              + "?");
    }
    try {
      views.drop(id);
    } catch (NotFoundException absent) {
      if (!ifExists) {
        throw absent;
      }
    }
    return FixedRows.none();
  }
}
