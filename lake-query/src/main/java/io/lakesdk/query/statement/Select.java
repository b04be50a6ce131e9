package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.trino.sql.tree.Query;

/** SELECT, VALUES, TABLE or WITH. */
record Select(Query query) implements Statement {

  @Override
  public Rows run(Session session) {
    return session.plan(query).rows();
  }
}
