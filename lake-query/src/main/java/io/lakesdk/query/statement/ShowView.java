package io.lakesdk.query.statement;

import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one view, as far as the principal may see it. */
record ShowView(Session session, View view) {

  /** The view of that name, if there is one of which the principal may see a column. */
  static Optional<ShowView> find(Session session, io.lakesdk.DatasetId id) {
    return Views.of(session.lake())
        .find(id)
        .map(view -> new ShowView(session, view))
        .filter(shown -> !shown.visible().isHidden());
  }

  private VisibleDataset visible() {
    return VisibleDataset.of(session.lake(), view);
  }

  /** The columns that the principal may see. */
  List<Column> columns() {
    return visible().columns();
  }

  /**
   * The lines of its CREATE VIEW. They name what the view reads, so that all but the administrator
   * must be allowed to query all of it.
   */
  List<String> statement() {
    if (!session.lake().principal().isAdministrator()) {
      List<String> names = view.columns().stream().map(column -> Sql.name(column.name())).toList();
      session.plan(
          StatementParser.query(
              "SELECT "
                  + Sql.list(names)
                  + " FROM "
                  + view.id().database()
                  + "."
                  + Sql.name(view.id().table())));
    }
    List<String> lines = new ArrayList<>();
    lines.add("CREATE VIEW " + view.id() + " AS");
    lines.addAll(view.sql().lines().toList());
    return lines;
  }

  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("comment", "Presto View");
    properties.put("presto_view", "true");
    Views.Version newest = Views.of(session.lake()).versions(view.id()).get(0);
    properties.put("transient_lastDdlTime", String.valueOf(newest.at().getEpochSecond()));
    return properties;
  }

  /** Something that only tables have. */
  RuntimeException isNoTable() {
    return SqlErrors.refuse("Relation '" + view.id() + "' is a view, not a table");
  }
}
