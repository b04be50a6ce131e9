package io.lakesdk.query.sql.syntax;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.trino.sql.ExpressionFormatter;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import java.util.Locale;

/** Refusals with the place in the statement, in Trino's words where it has some. */
public final class Refusal {

  private Refusal() {}

  public static InvalidDefinitionException at(Node node, String format, Object... arguments) {
    String place =
        node.getLocation()
            .map(at -> "line " + at.getLineNumber() + ":" + at.getColumnNumber() + ": ")
            .orElse("");
    return SqlErrors.refuse(place + String.format(Locale.ROOT, format, arguments));
  }

  /** Something that Athena has and this does not. */
  public static InvalidDefinitionException unsupported(Node node, String what) {
    return at(node, "%s is not supported", what);
  }

  public static String text(Expression expression) {
    return ExpressionFormatter.formatExpression(expression);
  }
}
