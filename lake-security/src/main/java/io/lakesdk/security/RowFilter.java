package io.lakesdk.security;

import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
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
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.TimestampLiteral;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * What a row filter may be: comparisons of a column with a constant, joined by AND, OR and NOT.
 * Such a filter has one answer for a row and reads nothing but the row. Messages say where and what
 * sort of thing else it has, and quote nothing of it, since a filter holds values.
 */
public final class RowFilter {

  private static final int MAX_CHARACTERS = 2_047;

  /**
   * How deep it may nest, by parentheses and the like or by NOT. A statement has the filter inside
   * of it and may nest 100 deep itself, so a filter must leave it room; nobody writes one that is
   * half as deep.
   */
  private static final int DEEPEST = 32;

  private final DatasetId dataset;

  private RowFilter(DatasetId dataset) {
    this.dataset = dataset;
  }

  /**
   * The filter without blanks around it.
   *
   * @throws InvalidDefinitionException if it is something else than a row filter may be
   */
  public static String checked(DatasetId dataset, String filter) {
    RowFilter check = new RowFilter(dataset);
    String text = filter.strip();
    if (text.isEmpty()) {
      throw check.refusal("it is empty; leave .where(...) out to grant all rows");
    }
    if (text.length() > MAX_CHARACTERS) {
      throw check.refusal(
          "it has " + text.length() + " characters; Lake Formation takes at most 2,047");
    }
    check.requireShallow(text);
    Expression condition = check.parsed(text);
    check.condition(condition, 0);
    if (!check.standsInParentheses(text, condition)) {
      throw check.refusal("it ends in a comment; leave that out");
    }
    return text;
  }

  /**
   * Counts what is open as the parser's lexer tells it apart, so that texts, quoted names and
   * comments do not count. It is done before parsing, which takes long over deep nesting.
   */
  private void requireShallow(String text) {
    SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    int open = 0;
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      switch (token.getText().toUpperCase(Locale.ROOT)) {
        case "(", "[", "CASE" -> open++;
        case ")", "]", "END" -> open = Math.max(0, open - 1);
        default -> {}
      }
      if (open > DEEPEST) {
        throw tooDeep(token.getLine(), token.getCharPositionInLine() + 1);
      }
    }
  }

  private InvalidDefinitionException tooDeep(int line, int column) {
    return refusal(
        "it nests more than "
            + DEEPEST
            + " deep at line "
            + line
            + ", column "
            + column
            + "; use fewer parentheses and NOTs");
  }

  private void requireShallow(int depth, Node node) {
    if (depth > DEEPEST) {
      NodeLocation at = node.getLocation().orElseThrow();
      throw tooDeep(at.getLineNumber(), at.getColumnNumber());
    }
  }

  private Expression parsed(String text) {
    try {
      return new SqlParser().createExpression(text);
    } catch (ParsingException e) {
      throw refusal(
          "it cannot be read as a condition from line "
              + e.getLineNumber()
              + ", column "
              + e.getColumnNumber()
              + " on");
    }
  }

  /** Whether it means the same inside a longer condition; a comment at its end would not let it. */
  private boolean standsInParentheses(String text, Expression condition) {
    try {
      return new SqlParser().createExpression("(" + text + ")").equals(condition);
    } catch (ParsingException e) {
      return false;
    }
  }

  private void condition(Expression node, int depth) {
    if (node instanceof LogicalExpression logical) {
      // Each operator in a chain of the same ones is another term, whatever their number.
      logical.getTerms().forEach(term -> condition(term, depth));
    } else if (node instanceof NotExpression not) {
      requireShallow(depth + 1, not);
      condition(not.getValue(), depth + 1);
    } else if (node instanceof ComparisonExpression comparison) {
      if (comparison.getOperator() == ComparisonExpression.Operator.IS_DISTINCT_FROM) {
        throw refusal(node, "IS DISTINCT FROM", "compare with =, <> or IS NULL");
      }
      column(comparison.getLeft());
      constant(comparison.getRight());
    } else if (node instanceof BetweenPredicate between) {
      column(between.getValue());
      constant(between.getMin());
      constant(between.getMax());
    } else if (node instanceof InPredicate in) {
      column(in.getValue());
      if (in.getValueList() instanceof InListExpression list) {
        list.getValues().forEach(this::constant);
      } else {
        throw unsupported(in.getValueList());
      }
    } else if (node instanceof LikePredicate like) {
      column(like.getValue());
      text(like.getPattern());
      like.getEscape().ifPresent(this::text);
    } else if (node instanceof IsNullPredicate is) {
      column(is.getValue());
    } else if (node instanceof IsNotNullPredicate is) {
      column(is.getValue());
    } else if (node instanceof Identifier || node instanceof DereferenceExpression) {
      throw refusal(node, "a column alone", "compare it, as in active = true");
    } else if (isConstant(node)) {
      throw refusal(
          node,
          "a constant alone",
          "compare a column with it; leave .where(...) out to grant all rows");
    } else {
      throw unsupported(node);
    }
  }

  private void column(Expression node) {
    column(node, 0);
  }

  private void column(Expression node, int depth) {
    requireShallow(depth, node);
    if (node instanceof Identifier) {
      return;
    }
    if (node instanceof DereferenceExpression field && field.getField().isPresent()) {
      column(field.getBase(), depth + 1);
      return;
    }
    if (isConstant(node)) {
      throw refusal(node, "a constant where a column is due", "write the column first");
    }
    throw unsupported(node);
  }

  private void constant(Expression node) {
    if (node instanceof NullLiteral) {
      throw refusal(node, "a comparison with NULL, which never holds", "write IS NULL");
    }
    if (node instanceof Identifier || node instanceof DereferenceExpression) {
      throw refusal(
          node,
          "a column where a constant is due",
          "Lake Formation compares columns with constants");
    }
    if (!isConstant(node)) {
      throw unsupported(node);
    }
  }

  private void text(Expression node) {
    if (!(node instanceof StringLiteral)) {
      throw refusal(node, "a pattern that is not a text in quotes", "write LIKE 'S%'");
    }
  }

  private static boolean isConstant(Expression node) {
    if (node instanceof ArithmeticUnaryExpression sign) {
      return isNumber(sign.getValue());
    }
    return node instanceof StringLiteral
        || node instanceof BooleanLiteral
        || node instanceof TimestampLiteral
        || (node instanceof GenericLiteral literal && isDate(literal.getType()))
        || isNumber(node);
  }

  private static boolean isDate(String type) {
    return type.toLowerCase(Locale.ROOT).equals("date");
  }

  private static boolean isNumber(Expression node) {
    return node instanceof LongLiteral
        || node instanceof DecimalLiteral
        || node instanceof DoubleLiteral;
  }

  private InvalidDefinitionException unsupported(Expression node) {
    if (node instanceof FunctionCall call) {
      return refusal(
          node,
          "the function " + call.getName(),
          "Lake Formation takes no functions in row filters; keep the result in a column");
    }
    if (node instanceof SubqueryExpression) {
      return refusal(node, "a subquery", "a row filter reads the row and nothing else");
    }
    if (node instanceof Parameter) {
      return refusal(node, "a parameter", "write the value");
    }
    String sort =
        node.getClass()
            .getSimpleName()
            .replaceAll("(Expression|Predicate|Literal)$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    return refusal(
        node,
        "an expression of the sort '" + sort + "'",
        "write comparisons of a column with a constant, joined by AND, OR and NOT");
  }

  private InvalidDefinitionException refusal(Node node, String what, String remedy) {
    String where =
        node.getLocation()
            .map(at -> " at line " + at.getLineNumber() + ", column " + at.getColumnNumber())
            .orElse("");
    return refusal("it has " + what + where + "; " + remedy);
  }

  private InvalidDefinitionException refusal(String reason) {
    return new InvalidDefinitionException(
        "filter rows of", Subject.dataset(dataset), "in the row filter, " + reason);
  }
}
