package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
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
import io.trino.sql.tree.Except;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Intersect;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Union;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.With;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Understands a query: WITH, SELECT, VALUES, TABLE and set operations over them. */
final class QueryAnalyzer {

  private final Environment environment;

  QueryAnalyzer(Environment environment) {
    this.environment = environment;
  }

  /**
   * A query.
   *
   * @param outer the columns of the queries around it
   * @param tables the queries of WITH around it
   */
  Rendered analyze(Query query, Optional<Scope> outer, NamedQueries tables) {
    if (!query.getFunctions().isEmpty()) {
      throw Refusal.unsupported(query.getFunctions().get(0), "WITH FUNCTION");
    }
    List<String> named = new ArrayList<>();
    NamedQueries visible = tables;
    if (query.getWith().isPresent()) {
      visible = with(query.getWith().get(), outer, tables, named);
    }
    Rendered body = body(query.getQueryBody(), outer, visible);
    Ending ending = new Ending(query.getOrderBy(), query.getOffset(), query.getLimit());
    if (!ending.isEmpty()) {
      Clause clause = Clause.of(Scope.empty(outer), visible);
      body = new Endings(environment).over(body, ending, clause);
    }
    boolean recursive = query.getWith().filter(With::isRecursive).isPresent();
    String keyword = recursive ? "WITH RECURSIVE " : "WITH ";
    String prefix = named.isEmpty() ? "" : keyword + String.join(", ", named) + " ";
    return new Rendered(prefix + body.sql(), body.outputs(), body.tokens());
  }

  private NamedQueries with(
      With with, Optional<Scope> outer, NamedQueries tables, List<String> named) {
    NamedQueries visible = tables;
    Set<String> names = new HashSet<>();
    for (WithQuery item : with.getQueries()) {
      environment.complexity().add(Complexity.Part.QUERY, item);
      String name = item.getName().getValue().toLowerCase(Locale.ROOT);
      if (!names.add(name)) {
        throw Refusal.at(item, "WITH query name '%s' specified more than once", name);
      }
      if (with.isRecursive() && Recursion.names(item)) {
        visible = new Recursion(environment, this).add(item, outer, visible, named);
        continue;
      }
      Rendered query = analyze(item.getQuery(), outer, visible);
      String sqlName = Sql.name(environment.uniqueName("with"));
      named.add(sqlName + " AS (" + query.sql() + ")");
      List<Identifier> columns = item.getColumnNames().orElse(List.of());
      if (!columns.isEmpty() && columns.size() != query.outputs().size()) {
        throw Refusal.at(
            item,
            "WITH column alias list has %s entries but WITH query(%s) has %s columns",
            columns.size(),
            name,
            query.outputs().size());
      }
      List<Output> outputs = new ArrayList<>();
      for (int i = 0; i < query.outputs().size(); i++) {
        Output output = query.outputs().get(i);
        Optional<String> column =
            columns.isEmpty() ? output.name() : Optional.of(TypeNames.columnName(columns.get(i)));
        // Several places may read the query, so that a condition in one says nothing for all.
        outputs.add(new Output(column, output.alias(), output.type(), Optional.empty()));
      }
      visible = visible.with(name, new NamedQueries.Entry(sqlName, outputs));
    }
    return visible;
  }

  Rendered body(QueryBody body, Optional<Scope> outer, NamedQueries tables) {
    if (body instanceof QuerySpecification select) {
      return new SelectAnalyzer(environment, outer, tables).analyze(select);
    } else if (body instanceof SetOperation operation) {
      return combined(operation, outer, tables);
    } else if (body instanceof Values values) {
      return values(values, outer, tables);
    } else if (body instanceof TableSubquery subquery) {
      return analyze(subquery.getQuery(), outer, tables);
    } else if (body instanceof Table table) {
      return table(table, outer, tables);
    }
    throw Refusal.unsupported(body, body.getClass().getSimpleName());
  }

  private Rendered table(Table table, Optional<Scope> outer, NamedQueries tables) {
    var relation = new RelationAnalyzer(environment, outer, tables).analyze(table, List.of());
    return SelectItems.all(environment, relation);
  }

  private Rendered combined(SetOperation operation, Optional<Scope> outer, NamedQueries tables) {
    environment
        .complexity()
        .add(
            isAnotherBranch(operation) ? Complexity.Part.QUERY : Complexity.Part.SUBQUERY,
            operation);
    List<Rendered> parts = new ArrayList<>();
    for (Relation relation : operation.getRelations()) {
      parts.add(body((QueryBody) relation, outer, tables));
    }
    int width = parts.get(0).outputs().size();
    List<SqlType> types = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      types.add(commonType(operation, parts, column));
    }
    boolean same = operation instanceof Except || operation instanceof Intersect;
    List<String> queries = new ArrayList<>();
    for (Rendered part : parts) {
      queries.add("(" + part.coercedTo(types, environment).sql() + ")");
    }
    String name = operation instanceof Except ? "EXCEPT" : same ? "INTERSECT" : "UNION";
    String between = " " + name + (operation.isDistinct() ? " " : " ALL ");
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Output first = parts.get(0).outputs().get(i);
      outputs.add(new Output(first.name(), first.alias(), types.get(i), Optional.empty()));
    }
    return new Rendered(String.join(between, queries), outputs, Set.of());
  }

  /** Whether it adds a query to a UNION, and not a union to something else. */
  private static boolean isAnotherBranch(SetOperation operation) {
    Relation first = operation.getRelations().get(0);
    boolean plain = !(first instanceof SetOperation);
    boolean longer = first instanceof Union before && before.isDistinct() == operation.isDistinct();
    return operation instanceof Union && (plain || longer);
  }

  private static SqlType commonType(SetOperation operation, List<Rendered> parts, int column) {
    List<SqlType> types = new ArrayList<>();
    for (Rendered part : parts) {
      if (part.outputs().size() != parts.get(0).outputs().size()) {
        throw Refusal.at(
            operation,
            "%s query has different number of fields: %s, %s",
            operation.getClass().getSimpleName().toUpperCase(Locale.ROOT),
            parts.get(0).outputs().size(),
            part.outputs().size());
      }
      types.add(part.outputs().get(column).type());
    }
    return Coercions.common(types)
        .orElseThrow(
            () ->
                Refusal.at(
                    operation,
                    "column %s in %s query has incompatible types: %s",
                    column + 1,
                    operation.getClass().getSimpleName().toUpperCase(Locale.ROOT),
                    types.stream().map(SqlType::toString).collect(Collectors.joining(", "))));
  }

  private Rendered values(Values values, Optional<Scope> outer, NamedQueries tables) {
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(environment, Clause.of(Scope.empty(outer), tables));
    List<List<Typed>> rows = new ArrayList<>();
    for (Expression row : values.getRows()) {
      List<Expression> items = row instanceof Row several ? several.getItems() : List.of(row);
      rows.add(expressions.analyze(items));
      if (rows.get(0).size() != items.size()) {
        throw Refusal.at(
            values,
            "Values rows have mismatched sizes: %s vs %s",
            rows.get(0).size(),
            items.size());
      }
    }
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      List<SqlType> all = rows.stream().map(row -> row.get(column).type()).toList();
      types.add(
          Coercions.common(all)
              .orElseThrow(() -> Refusal.at(values, "Values rows have mismatched types: %s", all)));
    }
    List<String> tuples = new ArrayList<>();
    for (List<Typed> row : rows) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        items.add(Casts.coerce(row.get(i), types.get(i)).sql());
      }
      tuples.add("(" + Sql.list(items) + ")");
    }
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      outputs.add(new Output(Optional.empty(), "_col" + i, types.get(i), Optional.empty()));
    }
    String name = Sql.name(environment.uniqueName("r"));
    String columns = Sql.list(outputs.stream().map(output -> Sql.name(output.alias())).toList());
    String sql = "SELECT * FROM (VALUES " + Sql.list(tuples) + ") AS " + name + "(" + columns + ")";
    return new Rendered(sql, outputs, Set.of());
  }
}
