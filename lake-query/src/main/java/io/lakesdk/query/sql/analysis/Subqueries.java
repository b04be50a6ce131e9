package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QuantifiedComparisonExpression;
import io.trino.sql.tree.SubqueryExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queries inside expressions. */
final class Subqueries {

  private final Environment environment;
  private final Clause clause;
  private final ExpressionAnalyzer expressions;

  Subqueries(Environment environment, Clause clause, ExpressionAnalyzer expressions) {
    this.environment = environment;
    this.clause = clause;
    this.expressions = expressions;
  }

  Typed scalar(SubqueryExpression node) {
    Rendered query = analyze(node);
    if (query.outputs().size() > 1) {
      return marked(ofColumns(query));
    }
    return marked(Typed.of("(" + query.sql() + ")", query.outputs().get(0).type()));
  }

  Typed exists(ExistsPredicate node) {
    Rendered query = analyze(node.getSubquery());
    return marked(Typed.of("EXISTS (" + query.sql() + ")", Simple.BOOLEAN));
  }

  Typed in(InPredicate node) {
    Typed value = expressions.analyze(node.getValue());
    Rendered query = analyze(node.getValueList());
    return marked(comparison(node, value, " IN ", query));
  }

  Typed quantified(QuantifiedComparisonExpression node, Operators operators) {
    Typed value = expressions.analyze(node.getValue());
    Rendered query = analyze(node.getSubquery());
    String quantifier =
        node.getQuantifier() == QuantifiedComparisonExpression.Quantifier.ALL ? "ALL" : "ANY";
    String operator = " " + node.getOperator().getValue() + " " + quantifier + " ";
    return marked(comparison(node, value, operator, query));
  }

  /** The row of a query of several columns; where it gives none, one of NULLs. */
  private Typed ofColumns(Rendered query) {
    Rendered rows = asRows(query);
    SqlType.Row type = (SqlType.Row) rows.outputs().get(0).type();
    List<String> nulls = new ArrayList<>();
    for (int i = 0; i < type.fields().size(); i++) {
      String none = Sql.cast("NULL", type.fields().get(i).type());
      nulls.add(Sql.name(type.duckName(i)) + " := " + none);
    }
    String sql = "coalesce((" + rows.sql() + "), struct_pack(" + Sql.list(nulls) + "))";
    return Typed.of(sql, type);
  }

  /** The same rows, each as the value of one column. */
  private Rendered asRows(Rendered query) {
    List<Optional<String>> names = query.outputs().stream().map(Output::name).toList();
    boolean distinct = names.stream().distinct().count() == names.size();
    SqlType.Row type =
        new SqlType.Row(
            query.outputs().stream()
                .map(
                    output ->
                        new SqlType.Field(
                            distinct ? output.name() : Optional.empty(), output.type()))
                .toList());
    String relation = Sql.name(environment.uniqueName("r"));
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < type.fields().size(); i++) {
      String column = relation + "." + Sql.name(query.outputs().get(i).alias());
      fields.add(Sql.name(type.duckName(i)) + " := " + column);
    }
    String alias = "_col0";
    String sql =
        "SELECT struct_pack("
            + Sql.list(fields)
            + ") AS "
            + Sql.name(alias)
            + " FROM ("
            + query.sql()
            + ") AS "
            + relation;
    Output row = new Output(Optional.empty(), alias, type, Optional.empty());
    return new Rendered(sql, List.of(row), query.tokens());
  }

  private Typed comparison(Node node, Typed value, String operator, Rendered given) {
    boolean ofRow =
        value.type() instanceof SqlType.Row row
            && row.fields().size() == given.outputs().size()
            && (given.outputs().size() > 1
                || !(given.outputs().get(0).type() instanceof SqlType.Row));
    Rendered query = ofRow || given.outputs().size() > 1 ? asRows(given) : given;
    SqlType type = query.outputs().get(0).type();
    SqlType common =
        Coercions.common(value.type(), type)
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "Value expression and result of subquery must be of the same type:"
                            + " %s vs %s",
                        asRow(value.type()),
                        asRow(type)));
    Operators.requireComparable(node, common);
    String sql =
        "("
            + Casts.coerce(value, common).sql()
            + operator
            + "("
            + query.coercedTo(List.of(common), environment).sql()
            + "))";
    return Typed.of(sql, Simple.BOOLEAN, value);
  }

  private Rendered analyze(Expression subquery) {
    if (!(subquery instanceof SubqueryExpression query)) {
      throw Refusal.unsupported(subquery, "anything but a query here");
    }
    environment.complexity().add(Complexity.Part.SUBQUERY, subquery);
    clause.scope().forgetOuterReferences();
    return new QueryAnalyzer(environment)
        .analyze(query.getQuery(), Optional.of(clause.scope()), clause.tables());
  }

  private static SqlType asRow(SqlType type) {
    return type instanceof SqlType.Row
        ? type
        : new SqlType.Row(List.of(new SqlType.Field(Optional.empty(), type)));
  }

  /** With the outer columns that are not grouped, if the query around it groups. */
  private Typed marked(Typed value) {
    Typed result = value.with(Typed.Trait.SUBQUERY);
    if (clause.keys().isEmpty() || result.ungrouped().isPresent()) {
      return result;
    }
    Optional<Expression> ungrouped =
        clause.scope().outerReferences().entrySet().stream()
            .filter(reference -> !clause.keys().get().contains(reference.getKey()))
            .<Expression>map(Map.Entry::getValue)
            .findFirst();
    return result.withUngrouped(ungrouped);
  }
}
