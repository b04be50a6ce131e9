package io.lakesdk.query.sql;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.sql.render.Raise;
import java.util.Optional;

/** The errors of statements: one shape, with the place in the statement. */
public final class SqlErrors {

  /**
   * What messages begin with that whoever runs a statement has put into it; what follows is meant
   * for the user and holds no data.
   */
  public static final String RAISED = "lakesdk: ";

  /** How DuckDB begins to say that a subquery stands for a value and gives several. */
  private static final String SEVERAL_ROWS = "More than one row returned by a subquery";

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
    return engineMessage.contains(SEVERAL_ROWS)
        ? Optional.of("Scalar sub-query has returned multiple rows")
        : Raise.in(engineMessage).map(Raise::reason);
  }
}
