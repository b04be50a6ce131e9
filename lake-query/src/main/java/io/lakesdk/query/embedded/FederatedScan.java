package io.lakesdk.query.embedded;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.query.access.VisibleTable;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.federated.SourceRows;
import io.lakesdk.query.federated.SourceTableAccess;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.sql.Condition;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A table of a federated source, as far as the lake's principal may see it. */
final class FederatedScan implements Plan.TableSource {

  private final SourceTableAccess table;

  FederatedScan(SourceTableAccess table) {
    this.table = table;
  }

  SourceTable table() {
    return visible().table(this);
  }

  @Override
  public VisibleTable visible() {
    return table.visible();
  }

  @Override
  public void announce(TableUse use, Plan plan) {
    plan.mentions(Set.of(visible().id()));
    table.requireReadable(needed(use.columns(), visible().rowFilter(use.columns())));
  }

  private static Set<String> needed(Set<String> columns, Optional<Condition> visibleRows) {
    Set<String> all = new TreeSet<>(columns);
    visibleRows.ifPresent(condition -> all.addAll(condition.columns()));
    return all;
  }

  /** What a grant's row filter adds is not told: its columns may be hidden. */
  @Override
  public PlannedQuery.Scan scan(TableUse use) {
    boolean filtered = visible().rowFilter(use.columns()).isPresent();
    List<String> facts = new ArrayList<>();
    facts.add("columns: " + String.join(", ", use.columns()));
    facts.add(
        "pushed down: "
            + table.description(
                table.columns(use.columns()),
                use.rows(),
                filtered ? OptionalLong.empty() : use.limit()));
    if (filtered) {
      facts.add("rows: those that grants show");
    }
    return new PlannedQuery.Scan(visible().id().toString(), facts);
  }

  @Override
  public String select(
      Set<String> columns, PartitionFilter partitions, RowCondition rows, Plan plan) {
    return select(columns, rows, OptionalLong.empty(), plan);
  }

  @Override
  public String select(TableUse use, Plan plan) {
    return select(use.columns(), use.rows(), use.limit(), plan);
  }

  private String select(Set<String> names, RowCondition rows, OptionalLong limit, Plan plan) {
    plan.mentions(Set.of(visible().id()));
    Optional<Condition> visibleRows = visible().rowFilter(names);
    List<Column> columns = table.columns(needed(names, visibleRows));
    RowCondition all =
        visibleRows
            .<RowCondition>map(filter -> new RowCondition.And(List.of(rows, filter.rows())))
            .orElse(rows);
    SourceRows source =
        table.rows(columns, all, visibleRows.isPresent() ? OptionalLong.empty() : limit);
    plan.add(source);
    RowScan scan = new RowScan(source, columns);
    String call = RowFunction.call(plan.add(scan));
    Map<String, String> expressions = RowFunction.expressions(scan);
    List<String> selected = new ArrayList<>();
    expressions.forEach((name, sql) -> selected.add(sql + " AS " + SqlText.name(name)));
    String read =
        "SELECT "
            + (selected.isEmpty() ? "1 AS lake_row" : String.join(", ", selected))
            + " FROM "
            + call
            + " AS f";
    return visibleRows
        .map(
            filter ->
                "SELECT "
                    + (names.isEmpty() ? "1 AS lake_row" : SqlText.names(names))
                    + " FROM ("
                    + read
                    + ") WHERE "
                    + filter.sql())
        .orElse(read);
  }
}
