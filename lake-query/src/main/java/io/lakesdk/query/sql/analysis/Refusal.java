package io.lakesdk.query.sql.analysis;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.trino.sql.ExpressionFormatter;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import java.util.Locale;

/** Refusals with the place in the statement, in Trino's words where it has some. */
final class Refusal {

  private Refusal() {}

  static InvalidDefinitionException at(Node node, String format, Object... arguments) {
    String place =
        node.getLocation()
            .map(at -> "line " + at.getLineNumber() + ":" + at.getColumnNumber() + ": ")
            .orElse("");
    return SqlErrors.refuse(place + String.format(Locale.ROOT, format, arguments));
  }

  /** Something that Athena has and this does not. */
  static InvalidDefinitionException unsupported(Node node, String what) {
    return at(node, "%s is not supported", what);
  }

  static String text(Expression expression) {
    return ExpressionFormatter.formatExpression(expression);
  }
}
