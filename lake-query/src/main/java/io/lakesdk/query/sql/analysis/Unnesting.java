package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** UNNEST: the elements of arrays and the entries of maps as rows, side by side. */
final class Unnesting {

  private final Environment environment;
  private final Clause clause;

  Unnesting(Environment environment, Clause clause) {
    this.environment = environment;
    this.clause = clause;
  }

  Relation analyze(Unnest node) {
    List<String> items = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(environment, clause);
    String inner = Sql.name(environment.uniqueName("u"));
    for (Expression expression : node.getExpressions()) {
      Typed value = expressions.analyze(expression);
      if (value.has(Typed.Trait.AGGREGATE) || value.has(Typed.Trait.WINDOW)) {
        throw Refusal.at(expression, "UNNEST cannot contain aggregations or window functions");
      }
      if (value.type() instanceof SqlType.Array array) {
        lengths.add("len(" + value.sql() + ")");
        String item = "i" + items.size();
        items.add("unnest(" + value.sql() + ") AS " + item);
        element(array.element(), inner + "." + item, outer, outputs);
      } else if (value.type() instanceof SqlType.MapOf map) {
        lengths.add("len(map_keys(" + value.sql() + "))");
        column(map.key(), inner + ".i" + items.size(), outer, outputs);
        items.add("unnest(map_keys(" + value.sql() + ")) AS i" + items.size());
        column(map.value(), inner + ".i" + items.size(), outer, outputs);
        items.add("unnest(map_values(" + value.sql() + ")) AS i" + items.size());
      } else {
        throw Refusal.at(expression, "Cannot unnest type: %s", value.type());
      }
    }
    if (node.isWithOrdinality()) {
      column(Simple.BIGINT, inner + ".i" + items.size(), outer, outputs);
      items.add("unnest(range(1, 1 + greatest(" + Sql.list(lengths) + "))) AS i" + items.size());
    }
    String sql = "SELECT " + Sql.list(outer) + " FROM (SELECT " + Sql.list(items) + ") AS " + inner;
    return Relation.of(new Rendered(sql, outputs, Set.of()), "LATERAL ", environment);
  }

  private static void element(SqlType type, String item, List<String> outer, List<Output> outputs) {
    if (type instanceof SqlType.Row row) {
      for (int i = 0; i < row.fields().size(); i++) {
        SqlType.Field field = row.fields().get(i);
        String value = "struct_extract(" + item + ", " + Sql.text(row.duckName(i)) + ")";
        add(field.name(), field.type(), value, outer, outputs);
      }
    } else {
      column(type, item, outer, outputs);
    }
  }

  private static void column(SqlType type, String item, List<String> outer, List<Output> outputs) {
    add(Optional.empty(), type, item, outer, outputs);
  }

  private static void add(
      Optional<String> name, SqlType type, String value, List<String> outer, List<Output> outputs) {
    String alias = "c" + outputs.size();
    outer.add(value + " AS " + alias);
    outputs.add(new Output(name, alias, type, Optional.empty()));
  }
}
