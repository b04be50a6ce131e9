package io.lakesdk.query.sql.syntax;

import io.trino.grammar.sql.SqlBaseParser;
import java.util.concurrent.atomic.AtomicLong;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * What parsers remember of the decisions that they took, so that they need not work them out again.
 * It grows with every statement of a new form, therefore it is given up when it is large. Parsers
 * in several threads share it.
 */
final class Predictions {

  /** About 30 MB; all that TPC-H asks comes to a twentieth of it. */
  private static final long MOST_WORK = 2_000_000;

  private final DFA[] decisions;
  private final PredictionContextCache contexts = new PredictionContextCache();
  private final AtomicLong work = new AtomicLong();

  private Predictions(ATN grammar) {
    decisions = new DFA[grammar.getNumberOfDecisions()];
    for (int i = 0; i < decisions.length; i++) {
      decisions[i] = new DFA(grammar.getDecisionState(i), i);
    }
  }

  static Predictions none() {
    return new Predictions(SqlBaseParser._ATN);
  }

  DFA[] decisions() {
    return decisions;
  }

  PredictionContextCache contexts() {
    return contexts;
  }

  /** Notes how much work went into what is remembered, to which its size is proportional. */
  void grew(long more) {
    work.addAndGet(more);
  }

  /** Gives it up, as it may be incomplete. */
  void spoil() {
    work.set(Long.MAX_VALUE);
  }

  boolean isWornOut() {
    return work.get() > MOST_WORK;
  }
}
