package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.OutputColumn;
import io.trino.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * EXPLAIN and EXPLAIN ANALYZE of a query: what it reads and what it gives, as lines of text.
 *
 * @param query that is explained, and authorised as if it ran
 * @param mode whether it runs
 */
record Explain(Query query, Mode mode) implements Statement {

  /** Whether the query runs. */
  enum Mode {
    PLAN,
    ANALYZE
  }

  @Override
  public Rows run(Session session) {
    PlannedQuery plan = session.plan(query);
    List<String> lines = new ArrayList<>();
    lines.add("Output[" + columns(plan.columns()) + "]");
    for (PlannedQuery.Scan scan : plan.scans()) {
      lines.add("- TableScan[" + scan.table() + "]");
      scan.facts().forEach(fact -> lines.add("      " + fact));
    }
    if (mode == Mode.ANALYZE) {
      try (Rows rows = plan.rows()) {
        lines.add(1, "      rows: " + rows.asLists().count());
        long ofSources = rows.stats().sourceRows().orElse(0);
        if (ofSources > 0) {
          lines.add("Rows of federated sources: " + ofSources);
        }
      }
    }
    return mode == Mode.ANALYZE
        ? FixedRows.texts("Query Plan", lines, plan.stats())
        : FixedRows.texts("Query Plan", lines);
  }

  private static String columns(List<OutputColumn> columns) {
    return String.join(
        ", ", columns.stream().map(column -> column.name() + ":" + column.type()).toList());
  }
}
