package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
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
    SqlType type = single(node, query);
    return marked(Typed.of("(" + query.sql() + ")", type));
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

  private Typed comparison(Node node, Typed value, String operator, Rendered query) {
    SqlType type = single(node, query);
    SqlType common =
        Coercions.common(value.type(), type)
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "value and result of subquery must be of the same type:" + " %s vs %s",
                        value.type(),
                        type));
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

  private static SqlType single(Node node, Rendered query) {
    if (query.outputs().size() != 1) {
      throw Refusal.at(
          node,
          "Multiple columns returned by subquery are not yet supported. Found %s",
          query.outputs().size());
    }
    return query.outputs().get(0).type();
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
