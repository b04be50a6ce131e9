package io.lakesdk.query.sql.syntax;

import io.trino.grammar.sql.SqlBaseParser;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * Trino's parser with bounds: whatever it is given, it takes seconds at most, and neither the heap
 * nor the stack overflows. What is too deep or too intricate is refused with its place. A syntax
 * error is thrown as Trino's {@link io.trino.sql.parser.ParsingException}.
 */
public final class BoundedParser {

  /** What parsers have learnt about the grammar, which is the same for all statements. */
  private static final AtomicReference<Predictions> LEARNT =
      new AtomicReference<>(Predictions.none());

  private BoundedParser() {}

  public static Statement statement(String sql) {
    return parse(sql, SqlParser::createStatement);
  }

  public static Expression expression(String sql) {
    return parse(sql, SqlParser::createExpression);
  }

  private static <T> T parse(String sql, BiFunction<SqlParser, String, T> rule) {
    Nesting.check(sql);
    Predictions known = Objects.requireNonNull(LEARNT.get());
    try {
      return rule.apply(new SqlParser((lexer, parser) -> bound(parser, known)), sql);
    } finally {
      if (known.isWornOut()) {
        LEARNT.compareAndSet(known, Predictions.none());
      }
    }
  }

  private static void bound(SqlBaseParser parser, Predictions known) {
    parser.setInterpreter(new BoundedPrediction(parser, known));
    parser.addParseListener(new BoundedTree(parser));
  }
}
