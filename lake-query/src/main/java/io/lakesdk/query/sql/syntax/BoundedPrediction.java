package io.lakesdk.query.sql.syntax;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.SqlErrors;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.dfa.DFAState;
import org.jspecify.annotations.Nullable;

/**
 * Looks ahead to decide what a statement means, up to a bound. How far the parser must look depends
 * on how the statement nests, and the possibilities that it keeps track of multiply with it.
 */
final class BoundedPrediction extends ParserATNSimulator {

  /**
   * A second or so; 262,144 bytes of ordinary SQL take a hundredth of it, a quarter with an error.
   */
  private static final long MOST_WORK = 5_000_000;

  /** How deep a single step may recurse, which is some sixty calls in ordinary SQL. */
  private static final int DEEPEST = 1_000;

  /** Steps along what is remembered cost little. */
  private static final int STEPS_IN_WORK = 16;

  private final Predictions known;
  private long work;
  private long steps;
  private int depth;

  BoundedPrediction(Parser parser, Predictions known) {
    super(parser, parser.getATN(), known.decisions(), known.contexts());
    this.known = known;
  }

  /** A refusal at the token that the parser has reached. */
  static InvalidDefinitionException refusal(Parser parser, String reason) {
    Token at = parser.getCurrentToken();
    int column = at.getCharPositionInLine() + 1;
    return SqlErrors.refuse("line " + at.getLine() + ":" + column + ": " + reason);
  }

  @Override
  public int adaptivePredict(TokenStream input, int decision, ParserRuleContext context) {
    long before = work;
    depth = 0;
    try {
      return super.adaptivePredict(input, decision, context);
    } catch (StackOverflowError e) {
      known.spoil();
      throw e;
    } finally {
      known.grew(work - before);
    }
  }

  @Override
  protected void closureCheckingStopState(
      ATNConfig config,
      ATNConfigSet configs,
      Set<ATNConfig> busy,
      boolean collectPredicates,
      boolean fullContext,
      int level,
      boolean endIsEmpty) {
    spend(1);
    if (++depth > DEEPEST) {
      throw tooIntricate();
    }
    super.closureCheckingStopState(
        config, configs, busy, collectPredicates, fullContext, level, endIsEmpty);
    depth--;
  }

  @Override
  protected @Nullable ATNConfigSet computeReachSet(
      ATNConfigSet closure, int token, boolean fullContext) {
    spend(closure.size());
    return super.computeReachSet(closure, token, fullContext);
  }

  @Override
  protected @Nullable DFAState getExistingTargetState(DFAState previous, int token) {
    if (++steps % STEPS_IN_WORK == 0) {
      spend(1);
    }
    return super.getExistingTargetState(previous, token);
  }

  private void spend(int more) {
    work += more;
    if (work > MOST_WORK) {
      throw tooIntricate();
    }
  }

  private InvalidDefinitionException tooIntricate() {
    parser.getInputStream().seek(_startIndex);
    return refusal(
        parser,
        "what follows nests in too many ways to be read; simplify it, or split it with WITH");
  }
}
