package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.statement.write.InsertColumns;
import io.lakesdk.query.statement.write.TableLoad;
import java.util.Optional;

/**
 * INSERT INTO a table what a query gives: one load that appends. Source: "INSERT INTO" of the
 * Athena user guide.
 */
record Insert(io.trino.sql.tree.Insert tree) implements Statement {

  @Override
  public Rows run(Session session) {
    DatasetId id = TableNames.id(tree.getTarget(), session.database());
    Dataset target = new Targets(session).find(id);
    PlannedQuery query = session.plan(tree.getQuery());
    InsertColumns columns = new InsertColumns(target, tree);
    return new TableLoad(session.lake(), target, Write.append(), "INSERT INTO")
        .run(query, columns.from(query.columns()), () -> requireUnchanged(session, target));
  }

  /** Rows that were made for one definition of the table are not added to another. */
  private static void requireUnchanged(Session session, Dataset target) {
    if (!Definitions.of(session.lake()).find(target.id()).equals(Optional.of(target))) {
      throw new ConflictException(
          "insert into",
          Subject.dataset(target.id()),
          "it was dropped or its definition changed meanwhile; nothing was inserted, run it again");
    }
  }
}
