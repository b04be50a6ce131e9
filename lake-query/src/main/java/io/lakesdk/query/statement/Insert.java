package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.projection.Projection;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.table.Targets;
import io.lakesdk.query.statement.write.InsertColumns;
import io.lakesdk.query.statement.write.TableLoad;

/**
 * INSERT INTO a table what a query gives: one load that appends. Source: "INSERT INTO" of the
 * Athena user guide.
 */
record Insert(io.trino.sql.tree.Insert tree) implements Statement {

  @Override
  public Rows run(Session session) {
    DatasetId id = TableNames.id(tree.getTarget(), session.database());
    Targets targets = new Targets(session.lake(), session.database());
    if (targets.isView(id)) {
      throw SqlErrors.refuse("Inserting into views is not supported: " + id + " is a view");
    }
    Dataset target = targets.find(id);
    if (Projection.isEnabled(target)) {
      throw Refusal.unsupported(
          tree,
          "INSERT INTO a table with partition projection, whose files others put into its folders,");
    }
    if (target.bucketing().isPresent()) {
      throw Refusal.at(
          tree,
          "INSERT INTO a bucketed table is not supported, in Athena neither; CREATE TABLE AS"
              + " another one, or take a table that is not bucketed");
    }
    PlannedQuery query = session.plan(tree.getQuery());
    InsertColumns columns = new InsertColumns(target, tree);
    return new TableLoad(session.lake(), target, Write.append(), "INSERT INTO")
        .run(
            query,
            columns.from(query.columns()),
            // Rows that were made for one definition of the table are not added to another.
            () -> Targets.requireUnchanged(session.lake(), target, "insert into"));
  }
}
