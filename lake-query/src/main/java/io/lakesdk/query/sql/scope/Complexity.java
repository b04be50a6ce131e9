package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.syntax.Refusal;
import io.trino.sql.tree.Node;

/**
 * How much of a statement has to be planned together. An engine plans in a time that grows with the
 * cube of it and cannot be interrupted, so that a statement which asks for too much is refused.
 */
public final class Complexity {

  /** A second or so of planning. */
  private static final int MOST = 1_000;

  /** What makes planning long, with its share of what a statement may have. */
  public enum Part {
    /** Another query of a UNION: a thousand. */
    BRANCH(1),
    /** A join, a query in FROM or in WITH: two hundred. */
    RELATION(5),
    /** A query in an expression, an INTERSECT, an EXCEPT, a UNION of another kind: a hundred. */
    SUBQUERY(10);

    private final int share;

    Part(int share) {
      this.share = share;
    }
  }

  private int sum;

  /** Notes that a statement has this part. */
  public void add(Part part, Node node) {
    sum += part.share;
    if (sum > MOST) {
      throw Refusal.at(
          node, "it has too many joins, subqueries and set operations for one statement; split it");
    }
  }
}
