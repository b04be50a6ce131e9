package io.lakesdk.query.sql.scope;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.syntax.Refusal;
import io.trino.sql.tree.Node;
import java.util.HashSet;
import java.util.Set;

/**
 * How much of a statement has to be planned together. An engine plans in a time that grows with the
 * square or the cube of it, and that cannot be interrupted, so that a statement which asks for too
 * much is refused.
 */
public final class Complexity {

  /** The most columns that a query or a type may have. */
  public static final int MOST_COLUMNS = 10_000;

  /** Two seconds or so of planning. */
  private static final int MOST = 10_000;

  private static final long MOST_WRITTEN = 100_000_000;

  /** What takes long to plan, with the share that each takes of {@link #MOST}. */
  public enum Part {
    GROUPING_KEY("grouping keys", 1),
    JOIN_CONDITION("conditions of joins", 4),
    /** An AND inside of an OR. */
    ALTERNATIVE("alternatives of several conditions", 8),
    GROUPING_SET("grouping sets", 8),
    FILTERED_AGGREGATE("aggregates with FILTER", 10),
    /** A query in a UNION, in FROM or in WITH. */
    QUERY("queries", 10),
    WINDOW("different windows", 40),
    DISTINCT_AGGREGATE("aggregates of DISTINCT values", 40),
    JOIN("joins", 50),
    /** A query in an expression, or a set operation that does not lengthen a UNION. */
    SUBQUERY("subqueries, INTERSECTs and EXCEPTs", 100);

    private final String name;
    private final int share;

    Part(String name, int share) {
      this.name = name;
      this.share = share;
    }
  }

  private final Set<String> windows = new HashSet<>();
  private long sum;
  private long written;

  /** Notes that a statement has a part of this sort. */
  public void add(Part part, Node node) {
    add(part, 1, node);
  }

  /** Notes that a statement has so many parts of this sort. */
  public void add(Part part, long count, Node node) {
    sum += Math.min(count, MOST + 1) * part.share;
    if (sum > MOST) {
      throw Refusal.at(
          node, "it has too many %s together with what is before; split it", part.name);
    }
  }

  /** Notes a window, which is planned once however often it occurs. */
  public void addWindow(String rendered, Node node) {
    if (windows.add(rendered)) {
      add(Part.WINDOW, node);
    }
  }

  /** Notes that so much was written for an expression; what stands inside others counts again. */
  public void write(int characters, Node node) {
    written += characters;
    if (written > MOST_WRITTEN) {
      throw tooLarge(node);
    }
  }

  public static InvalidDefinitionException tooLarge(Node node) {
    return Refusal.at(node, "the expression is too large");
  }

  /** Refuses a query or a type with too many columns. */
  public static void requireFewColumns(int columns, Node node) {
    if (columns > MOST_COLUMNS) {
      throw Refusal.at(node, "it has more than %s columns", MOST_COLUMNS);
    }
  }
}
