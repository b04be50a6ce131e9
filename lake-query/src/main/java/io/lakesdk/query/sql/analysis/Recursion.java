package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.Union;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query of WITH RECURSIVE that names itself: a base, and a step taken while it gives rows. */
final class Recursion {

  /** As many steps as Athena takes. */
  private static final int MOST_STEPS = 10;

  private static final String DEPTH = Sql.name("lake$depth");

  private static final String CHECK =
      "CASE WHEN "
          + DEPTH
          + " <= "
          + MOST_STEPS
          + " THEN true ELSE "
          + Raise.RECURSION_DEPTH.sql(Simple.BOOLEAN)
          + " END";

  private final Environment environment;
  private final QueryAnalyzer queries;

  Recursion(Environment environment, QueryAnalyzer queries) {
    this.environment = environment;
    this.queries = queries;
  }

  /** Whether a query reads itself. */
  static boolean names(WithQuery item) {
    String name = item.getName().getValue().toLowerCase(Locale.ROOT);
    List<Table> found = new ArrayList<>();
    new DefaultTraversalVisitor<@Nullable Void>() {
      @Override
      protected @Nullable Void visitTable(Table node, @Nullable Void context) {
        if (node.getName().toString().equals(name)) {
          found.add(node);
        }
        return null;
      }
    }.process(item.getQuery(), null);
    return !found.isEmpty();
  }

  /** Adds the query to those that are named. */
  NamedQueries add(WithQuery item, Optional<Scope> outer, NamedQueries tables, List<String> named) {
    if (!(item.getQuery().getQueryBody() instanceof Union union)
        || union.isDistinct()
        || union.getRelations().size() != 2
        || item.getQuery().getWith().isPresent()
        || item.getQuery().getOrderBy().isPresent()
        || item.getQuery().getLimit().isPresent()
        || item.getQuery().getOffset().isPresent()) {
      throw Refusal.unsupported(item, "a recursive query other than base UNION ALL step");
    }
    environment.complexity().add(Complexity.Part.SUBQUERY, item);
    Rendered base = query(union.getRelations().get(0), outer, tables);
    List<Identifier> columns =
        item.getColumnNames()
            .orElseThrow(() -> Refusal.at(item, "missing column aliases in recursive WITH query"));
    if (columns.size() != base.outputs().size()) {
      throw Refusal.at(
          item,
          "WITH column alias list has %s entries but WITH query has %s columns",
          columns.size(),
          base.outputs().size());
    }
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Optional<String> column = Optional.of(TypeNames.columnName(columns.get(i)));
      outputs.add(new Output(column, "c" + i, base.outputs().get(i).type(), Optional.empty()));
    }
    String key = item.getName().getValue().toLowerCase(Locale.ROOT);
    String inner = Sql.name(environment.uniqueName("steps"));
    NamedQueries inside = tables.with(key, new NamedQueries.Entry(inner, outputs));
    Rendered step = step(union.getRelations().get(1), base, outer, inside);
    String name = Sql.name(environment.uniqueName("with"));
    named.add(steps(inner, outputs, base, step));
    named.add(
        name + " AS (SELECT " + columns(outputs) + " FROM " + inner + " WHERE " + CHECK + ")");
    return tables.with(key, new NamedQueries.Entry(name, outputs));
  }

  private Rendered query(Relation relation, Optional<Scope> outer, NamedQueries tables) {
    return queries.body((QueryBody) relation, outer, tables);
  }

  private Rendered step(
      Relation relation, Rendered base, Optional<Scope> outer, NamedQueries tables) {
    Rendered step = query(relation, outer, tables);
    List<SqlType> types = base.outputs().stream().map(Output::type).toList();
    List<SqlType> given = step.outputs().stream().map(Output::type).toList();
    boolean fits = types.size() == given.size();
    for (int i = 0; fits && i < types.size(); i++) {
      fits = Coercions.canCoerce(given.get(i), types.get(i));
    }
    if (!fits) {
      throw Refusal.at(
          relation,
          "recursion step relation output types %s are not coercible to recursion base relation"
              + " output types %s",
          given,
          types);
    }
    return step.coercedTo(types, environment);
  }

  private static String columns(List<Output> outputs) {
    return outputs.stream()
        .map(output -> Sql.name(output.alias()))
        .collect(Collectors.joining(", "));
  }

  /** All rows, with the number of steps that led to each; one step more than is allowed. */
  private static String steps(String name, List<Output> outputs, Rendered base, Rendered step) {
    String depth = "(SELECT max(" + DEPTH + ") FROM " + name + ")";
    return name
        + "("
        + columns(outputs)
        + ", "
        + DEPTH
        + ") AS (SELECT lake_base.*, 0 FROM ("
        + base.sql()
        + ") AS lake_base UNION ALL SELECT lake_step.*, "
        + depth
        + " + 1 FROM ("
        + step.sql()
        + ") AS lake_step WHERE "
        + depth
        + " <= "
        + MOST_STEPS
        + ")";
  }
}
