package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.SqlErrors;
import io.trino.sql.tree.Expression;
import java.util.List;

/**
 * EXECUTE a prepared statement, or EXECUTE IMMEDIATE a text, with values for its question marks in
 * the order in which they stand. Source: "EXECUTE" and "EXECUTE IMMEDIATE" of the Athena user
 * guide.
 *
 * @param origin whether {@code text} is a name or the statement itself
 * @param values expressions without columns
 */
record Execute(Origin origin, String text, List<Expression> values) implements Statement {

  /** Where the statement is. */
  enum Origin {
    PREPARED,
    IMMEDIATE
  }

  @Override
  public Rows run(Session session) {
    PreparedText statement =
        PreparedText.parse(origin == Origin.PREPARED ? session.prepared().get(text) : text);
    if (statement.parameters() != values.size()) {
      throw SqlErrors.refuse(
          "Incorrect number of parameters: expected "
              + statement.parameters()
              + " but found "
              + values.size());
    }
    return statement.statement().run(session.with(values));
  }
}
