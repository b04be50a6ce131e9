package io.lakesdk.query.statement;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.Rows;
import io.lakesdk.query.information.InformationSchema;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.lakesdk.query.statement.table.TableNames;
import io.lakesdk.query.statement.write.StoredColumns;
import io.trino.sql.SqlFormatter;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Query;

/**
 * CREATE VIEW and CREATE OR REPLACE VIEW. The query is understood and authorised as if it ran; its
 * text is kept as Trino prints it. Source: "CREATE VIEW" of the Athena user guide.
 */
record CreateView(io.trino.sql.tree.CreateView tree) implements Statement {

  @Override
  public Rows run(Session session) {
    requireSupported();
    Lake lake = session.lake();
    lake.access().require(Action.WRITE, Resource.zone(View.ZONE));
    DatasetId id = TableNames.id(tree.getName(), session.database());
    String sql = text(tree.getQuery());
    PlannedQuery query = session.plan(tree.getQuery());
    if (query.scans().stream()
        .anyMatch(scan -> scan.table().startsWith(InformationSchema.NAME + "."))) {
      throw Refusal.at(tree, "a view cannot read %s", InformationSchema.NAME);
    }
    for (ViewUse use : query.views()) {
      if (use.view().name().equals(id.toString())) {
        throw Refusal.at(tree, "Statement would create a recursive view: %s", id);
      }
      if (use.depth() >= ViewUse.MOST_NESTED) {
        throw Refusal.at(
            tree, "more than %s views would stand inside each other", ViewUse.MOST_NESTED);
      }
    }
    View view = new View(id, StoredColumns.of(tree, query.columns()), session.database(), sql);
    Views.of(lake).create(view, tree.isReplace() ? Views.Existing.REPLACE : Views.Existing.REFUSE);
    return FixedRows.none();
  }

  private void requireSupported() {
    if (tree.getComment().isPresent()) {
      throw Refusal.unsupported(tree, "COMMENT");
    }
    if (tree.getSecurity().isPresent()) {
      throw Refusal.unsupported(
          tree, "SECURITY (whoever reads a view needs the grants on its tables)");
    }
    requireNoParameters(tree.getQuery());
  }

  private static void requireNoParameters(Node node) {
    if (node instanceof Parameter) {
      throw Refusal.at(node, "a view has no parameters; write the value into its query");
    }
    node.getChildren().forEach(CreateView::requireNoParameters);
  }

  private String text(Query query) {
    String sql = SqlFormatter.formatSql(query).strip();
    new StatementParser().scan(sql);
    if (!StatementParser.query(sql).equals(query)) {
      throw Refusal.at(tree, "its query cannot be kept as a text that means the same");
    }
    return sql;
  }
}
