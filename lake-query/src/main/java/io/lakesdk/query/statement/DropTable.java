package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;

/** DROP TABLE: what {@link Catalog#drop} does, which removes the data too. */
record DropTable(io.trino.sql.tree.DropTable tree) implements Statement {

  @Override
  public Rows run(Session session) {
    DatasetId id = TableNames.id(tree.getTableName(), tree, session.database());
    try {
      Catalog.of(session.lake()).drop(id);
    } catch (NotFoundException absent) {
      if (!tree.isExists()) {
        throw absent;
      }
    }
    return FixedRows.none();
  }
}
