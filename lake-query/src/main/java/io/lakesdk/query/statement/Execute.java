package io.lakesdk.query.statement;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Query;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.trino.sql.tree.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    return prepared(session.prepared()).statement().run(session.with(values));
  }

  /**
   * The query that is executed, as a statement of its own, if it is one.
   *
   * @param session of this statement
   * @param query this statement, with its parameters and limits
   * @throws InvalidDefinitionException if a value is no constant
   */
  Optional<Query> asked(Session session, Query query) {
    PreparedText statement = prepared(session.prepared());
    if (!(statement.statement() instanceof Select)) {
      return Optional.empty();
    }
    session.requireConstants(values);
    // Only the values have parameters, and in the new text they stand in the same order.
    List<String> names = NamedParameters.scan(query.text()).names();
    return Optional.of(
        new Query(
                statement.with(values),
                query.database(),
                Map.of(),
                query.scanLimit(),
                query.timeout(),
                query.reuse(),
                query.workgroup(),
                query.results())
            .bindAll(names.stream().map(query.parameters()::get).toArray()));
  }

  private PreparedText prepared(PreparedStatements.Own prepared) {
    PreparedText statement =
        PreparedText.parse(origin == Origin.PREPARED ? prepared.get(text) : text);
    if (statement.parameters() != values.size()) {
      throw SqlErrors.refuse(
          "Incorrect number of parameters: expected "
              + statement.parameters()
              + " but found "
              + values.size());
    }
    return statement;
  }
}
