package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;

/**
 * DEALLOCATE PREPARE a statement.
 *
 * @param name in lower case
 */
record Deallocate(String name) implements Statement {

  @Override
  public Rows run(Session session) {
    session.prepared().remove(name);
    return FixedRows.none();
  }
}
