package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.NamedParameters;
import io.lakesdk.query.statement.hive.HiveTokens;
import java.util.Optional;

/**
 * PREPARE name FROM a query, INSERT or CREATE TABLE AS, whose parameters are question marks.
 * Source: "PREPARE" of the Athena user guide.
 *
 * @param name in lower case
 * @param text of what is prepared, as it is parsed
 */
record Prepare(String name, String text) implements Statement {

  /** The statement, if it is such a one. */
  static Optional<Prepare> parse(NamedParameters statement) {
    HiveTokens tokens = new HiveTokens(statement.sql());
    if (!tokens.take("PREPARE")) {
      return Optional.empty();
    }
    String name = tokens.name();
    if (!tokens.take("FROM")) {
      throw tokens.unexpected("FROM");
    }
    if (statement.names().size() > statement.numbered()) {
      throw SqlErrors.refuse("parameters of a prepared statement are written ?, not :name");
    }
    if (statement.second() >= 0) {
      throw SqlErrors.refuse("only one statement can be prepared at a time");
    }
    return Optional.of(new Prepare(name, tokens.rest()));
  }

  /** Keeps what can be parsed; the tables that it names are looked up when it is executed. */
  @Override
  public Rows run(Session session) {
    PreparedText.parse(text);
    session.prepared().put(name, text);
    return FixedRows.none();
  }
}
