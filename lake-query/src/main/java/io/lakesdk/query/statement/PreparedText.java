package io.lakesdk.query.statement;

import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.lakesdk.query.sql.syntax.StatementParser;
import io.trino.sql.ExpressionFormatter;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A statement whose parameters are question marks: prepared, or given as a text.
 *
 * @param statement a query, INSERT, CREATE TABLE AS or UNLOAD
 * @param parameters how many question marks it has
 * @param text of it, and where the question marks stand
 */
record PreparedText(Statement statement, int parameters, NamedParameters text) {

  static PreparedText parse(String text) {
    StatementParser parser = new StatementParser();
    NamedParameters scanned = parser.scan(text);
    if (scanned.names().size() > scanned.numbered()) {
      throw SqlErrors.refuse("parameters of a prepared statement are written ?, not :name");
    }
    if (scanned.second() >= 0) {
      throw SqlErrors.refuse("only one statement can be run at a time");
    }
    return StatementParser.guarded(
        () -> {
          Optional<Statement> unload =
              HiveStatements.parse(scanned.sql()).filter(Unload.class::isInstance);
          if (unload.isPresent()) {
            return new PreparedText(unload.get(), count(((Unload) unload.get()).query()), scanned);
          }
          io.trino.sql.tree.Statement tree = parser.statement(scanned);
          Statement statement = Statement.of(tree);
          if (!(statement instanceof Select
              || statement instanceof Insert
              || statement instanceof CreateTableAs)) {
            throw SqlErrors.refuse(
                "only a query, INSERT INTO, CREATE TABLE AS or UNLOAD can be prepared");
          }
          return new PreparedText(statement, count(tree), scanned);
        });
  }

  /** The text with these values in place of the question marks. */
  String with(List<Expression> values) {
    StringBuilder whole = new StringBuilder();
    int end = 0;
    for (int i = 0; i < parameters; i++) {
      int place = text.places().get(i);
      whole
          .append(text.sql(), end, place)
          .append('(')
          .append(ExpressionFormatter.formatExpression(values.get(i)))
          .append(')');
      end = place + 1;
    }
    return whole.append(text.sql().substring(end)).toString();
  }

  private static int count(Node tree) {
    int found = tree instanceof Parameter ? 1 : 0;
    for (Node child : tree.getChildren()) {
      found += count(child);
    }
    return found;
  }
}
