package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.statement.hive.Ddl;

/**
 * CREATE EXTERNAL TABLE, ALTER TABLE and MSCK REPAIR TABLE, which Athena takes in Hive's words and
 * with Hive's quotes. They have no parameters.
 */
record ChangeTable(Ddl ddl) implements Statement {

  @Override
  public Rows run(Session session) {
    return ddl.run(session.lake(), session.database());
  }
}
