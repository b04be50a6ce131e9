package io.lakesdk.security.aws;

import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.InListExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.IsNotNullPredicate;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.TimestampLiteral;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes row filters as Lake Formation takes them: without comments, each comparison in
 * parentheses. Of what our row filters may be, it has no dates, no timestamps and no ESCAPE.
 * Source: "PartiQL support in row filter expressions" in the Lake Formation Developer Guide.
 */
final class PartiQl {

  private final Function<String, RuntimeException> refusal;

  /**
   * @param refusal makes the error from what Lake Formation does not know
   */
  PartiQl(Function<String, RuntimeException> refusal) {
    this.refusal = refusal;
  }

  String of(Expression node) {
    if (node instanceof LogicalExpression logical) {
      return logical.getTerms().stream()
          .map(this::of)
          .collect(Collectors.joining(" " + logical.getOperator() + " ", "(", ")"));
    }
    if (node instanceof NotExpression not) {
      return "(NOT " + of(not.getValue()) + ")";
    }
    if (node instanceof ComparisonExpression comparison) {
      String operator = " " + comparison.getOperator().getValue() + " ";
      return "(" + of(comparison.getLeft()) + operator + of(comparison.getRight()) + ")";
    }
    if (node instanceof BetweenPredicate between) {
      String bounds = of(between.getMin()) + " AND " + of(between.getMax());
      return "(" + of(between.getValue()) + " BETWEEN " + bounds + ")";
    }
    if (node instanceof InPredicate in && in.getValueList() instanceof InListExpression list) {
      return "(" + of(in.getValue()) + " IN (" + list(list.getValues()) + "))";
    }
    if (node instanceof LikePredicate like) {
      if (like.getEscape().isPresent()) {
        throw unknown(node, "ESCAPE", "ESCAPE");
      }
      return "(" + of(like.getValue()) + " LIKE " + of(like.getPattern()) + ")";
    }
    if (node instanceof IsNullPredicate is) {
      return "(" + of(is.getValue()) + " IS NULL)";
    }
    if (node instanceof IsNotNullPredicate is) {
      return "(" + of(is.getValue()) + " IS NOT NULL)";
    }
    return operand(node);
  }

  private String list(List<Expression> values) {
    return values.stream().map(this::of).collect(Collectors.joining(", "));
  }

  private String operand(Expression node) {
    if (node instanceof Identifier name) {
      return name.isDelimited()
          ? "\"" + name.getValue().replace("\"", "\"\"") + "\""
          : name.getValue();
    }
    if (node instanceof DereferenceExpression field) {
      return of(field.getBase()) + "." + of(field.getField().orElseThrow());
    }
    if (node instanceof StringLiteral text) {
      return "'" + text.getValue().replace("'", "''") + "'";
    }
    if (node instanceof ArithmeticUnaryExpression sign) {
      return sign.getSign() == ArithmeticUnaryExpression.Sign.MINUS
          ? "-" + of(sign.getValue())
          : of(sign.getValue());
    }
    if (node instanceof LongLiteral number) {
      return number.getValue();
    }
    if (node instanceof DecimalLiteral number) {
      return number.getValue();
    }
    if (node instanceof DoubleLiteral number) {
      return Double.toString(number.getValue());
    }
    if (node instanceof BooleanLiteral literal) {
      return literal.getValue() ? "true" : "false";
    }
    if (node instanceof TimestampLiteral) {
      throw unknown(node, "a timestamp", "timestamps");
    }
    if (node instanceof GenericLiteral) {
      throw unknown(node, "a date", "dates");
    }
    throw new IllegalArgumentException("a row filter that was checked has no " + node.getClass());
  }

  private RuntimeException unknown(Node node, String what, String known) {
    String where =
        node.getLocation()
            .map(at -> " at line " + at.getLineNumber() + ", column " + at.getColumnNumber())
            .orElse("");
    return refusal.apply("it has " + what + where + ", and Lake Formation knows no " + known);
  }
}
