package io.lakesdk.query.sql.syntax;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Parses statements with Trino's grammar. What is refused is said without the text of literals. */
public final class StatementParser {

  /** Athena's limit for the text of a statement. */
  static final int MAX_BYTES = 262_144;

  private static final Pattern LITERAL =
      Pattern.compile("(input) '(?:[xX]|[uU]&)?'.*''((?:\\. Expecting: .*)?)$", Pattern.DOTALL);

  /**
   * Finds the parameters of a text that is not parsed yet.
   *
   * @throws InvalidDefinitionException if it is longer than Athena allows
   */
  public NamedParameters scan(String text) {
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_BYTES) {
      throw SqlErrors.refuse(
          "it is " + size + " bytes long, and Athena takes " + MAX_BYTES + " at most");
    }
    return NamedParameters.scan(text);
  }

  /** The tree of a statement of any kind. */
  public Statement statement(NamedParameters statement) {
    return guarded(() -> BoundedParser.statement(statement.sql()));
  }

  /**
   * The tree of a query.
   *
   * @throws InvalidDefinitionException if it is no statement, or one that is no query
   */
  public Query query(NamedParameters statement) {
    return guarded(
        () -> {
          Statement parsed = BoundedParser.statement(statement.sql());
          if (!(parsed instanceof Query query)) {
            String kind = parsed.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            throw Refusal.at(
                parsed,
                "%s is not supported; statements are queries: load data with Ingestion, change it"
                    + " with a Pipeline, find definitions in the Catalog",
                kind.toUpperCase(Locale.ROOT));
          }
          return query;
        });
  }

  /**
   * The tree of a query that is a view's, or stands in a statement that Trino has not.
   *
   * @throws InvalidDefinitionException if it is no query
   */
  public static Query query(String sql) {
    return guarded(
        () -> {
          if (BoundedParser.statement(sql) instanceof Query query) {
            return query;
          }
          throw SqlErrors.refuse("it is no query");
        });
  }

  /** The tree of an expression. */
  public Expression expression(NamedParameters expression) {
    return guarded(() -> BoundedParser.expression(expression.sql()));
  }

  /** Works on trees, which may be too deep for it. */
  public static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (ParsingException e) {
      throw SqlErrors.refuse(withoutLiteral(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      throw SqlErrors.refuse(
          "it is nested too deeply; use fewer parentheses, or split it with WITH");
    }
  }

  /** What the parser says without the text literal that it stumbled over, which may be data. */
  private static String withoutLiteral(String message) {
    return LITERAL.matcher(message).replaceFirst("$1 a text$2");
  }
}
