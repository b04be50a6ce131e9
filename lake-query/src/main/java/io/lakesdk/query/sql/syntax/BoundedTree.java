package io.lakesdk.query.sql.syntax;

import io.trino.grammar.sql.SqlBaseParser.AndContext;
import io.trino.grammar.sql.SqlBaseParser.OrContext;
import java.util.Arrays;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Watches how high the tree of a statement grows, since whatever walks over it recurses: by nesting
 * of every sort, and by chains of operators, whose first ones are the deepest. Chains of AND and OR
 * may be of any length, as they are walked along and not down.
 */
final class BoundedTree implements ParseTreeListener {

  /** A subquery takes about ten, a parenthesis four, an operator in a chain one. */
  private static final int HIGHEST = 1_000;

  private final Parser parser;

  /** The height so far of each rule that is being parsed. */
  private int[] heights = new int[64];

  private int open;
  private int last;
  private boolean refused;

  BoundedTree(Parser parser) {
    this.parser = parser;
  }

  @Override
  public void enterEveryRule(ParserRuleContext rule) {
    if (refused) {
      return;
    }
    if (rule.getParent() == null) {
      open = 0;
    }
    if (open == heights.length) {
      heights = Arrays.copyOf(heights, 2 * open);
    }
    // An operator comes to light behind its first operand, which it then takes in.
    heights[open] = rule.getChildCount() > 0 ? last : 0;
    open++;
    check(open);
  }

  @Override
  public void exitEveryRule(ParserRuleContext rule) {
    if (refused) {
      return;
    }
    open--;
    boolean logical = rule instanceof AndContext || rule instanceof OrContext;
    last = heights[open] + (logical ? 0 : 1);
    if (open > 0) {
      heights[open - 1] = Math.max(heights[open - 1], last);
    }
    check(last);
  }

  private void check(int height) {
    if (height > HIGHEST) {
      refused = true;
      throw BoundedPrediction.refusal(
          parser, "it nests too deeply, or chains too many operators; split it with WITH");
    }
  }

  @Override
  public void visitTerminal(TerminalNode node) {}

  @Override
  public void visitErrorNode(ErrorNode node) {}
}
