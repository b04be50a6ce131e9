package io.lakesdk.query.sql;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.render.Raise;
import java.util.Map;
import java.util.Optional;

/** The errors of statements: one shape, with the place in the statement. */
public final class SqlErrors {

  /** Phrases of DuckDB's messages for what a statement did wrong, and what Athena says. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "Division by zero in expression", "Division by zero",
          "More than one row returned by a subquery", "Scalar sub-query has returned multiple rows",
          "Out of Range Error: Overflow", "a number is out of the range of its type",
          "Conversion Error:", "a value cannot be cast to the type asked for",
          "Map keys must be unique", "Duplicate map keys are not allowed",
          "Map keys can not be NULL", "map key cannot be null");

  private SqlErrors() {}

  /** A statement that cannot run, with the reason as Athena would say it. */
  public static InvalidDefinitionException refuse(String reason) {
    return new InvalidDefinitionException("run", Subject.of(Subject.Kind.QUERY, ""), reason);
  }

  /**
   * The reason that a statement itself gave for failing while it ran, as Athena would have failed:
   * an array index out of range, a cast of a bad value. Holds no data.
   *
   * @param engineMessage DuckDB's message
   * @return empty if the engine failed for a reason of its own
   */
  public static Optional<String> raised(String engineMessage) {
    return Raise.in(engineMessage)
        .map(Raise::reason)
        .or(
            () ->
                KNOWN.entrySet().stream()
                    .filter(known -> engineMessage.contains(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }
}
