package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.syntax.Refusal;
import java.util.Locale;

/** What a statement is, once it was parsed: a closed choice. */
sealed interface Statement
    permits Select,
        Insert,
        CreateTableAs,
        CreateView,
        DropTable,
        ChangeTable,
        DropView,
        ShowTables,
        ShowViews,
        ShowDatabases,
        ShowTable,
        Unload,
        Explain,
        Prepare,
        Execute,
        Deallocate {

  /** Runs it to its end, or, if it is a query, to its first row. */
  Rows run(Session session);

  /** What a tree of Trino's grammar means. */
  static Statement of(io.trino.sql.tree.Statement tree) {
    if (tree instanceof io.trino.sql.tree.Query query) {
      return new Select(query);
    } else if (tree instanceof io.trino.sql.tree.Insert insert) {
      return new Insert(insert);
    } else if (tree instanceof io.trino.sql.tree.CreateTableAsSelect create) {
      return new CreateTableAs(create);
    } else if (tree instanceof io.trino.sql.tree.CreateView create) {
      return new CreateView(create);
    } else if (tree instanceof io.trino.sql.tree.Explain explain) {
      if (!explain.getOptions().isEmpty()) {
        throw Refusal.unsupported(explain, "EXPLAIN with options");
      }
      return new Explain(explained(explain.getStatement()), Explain.Mode.PLAN);
    } else if (tree instanceof io.trino.sql.tree.ExplainAnalyze explain) {
      if (explain.isVerbose()) {
        throw Refusal.unsupported(explain, "EXPLAIN ANALYZE VERBOSE");
      }
      return new Explain(explained(explain.getStatement()), Explain.Mode.ANALYZE);
    }
    if (tree instanceof io.trino.sql.tree.Execute execute) {
      String name = execute.getName().getValue().toLowerCase(Locale.ROOT);
      return new Execute(Execute.Origin.PREPARED, name, execute.getParameters());
    } else if (tree instanceof io.trino.sql.tree.ExecuteImmediate execute) {
      String text = execute.getStatement().getValue();
      return new Execute(Execute.Origin.IMMEDIATE, text, execute.getParameters());
    } else if (tree instanceof io.trino.sql.tree.Deallocate deallocate) {
      return new Deallocate(deallocate.getName().getValue().toLowerCase(Locale.ROOT));
    }
    throw Refusal.at(
        tree, "%s is not supported; docs/fidelity.md lists the statements that are", kind(tree));
  }

  private static io.trino.sql.tree.Query explained(io.trino.sql.tree.Statement tree) {
    if (tree instanceof io.trino.sql.tree.Query query) {
      return query;
    }
    throw Refusal.unsupported(tree, "EXPLAIN of " + kind(tree));
  }

  private static String kind(io.trino.sql.tree.Statement tree) {
    return tree.getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }
}
