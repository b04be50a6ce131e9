package io.lakesdk.query.sql;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;

/** The errors of statements: one shape, with the place in the statement. */
public final class SqlErrors {

  /**
   * What the messages begin with that a statement itself raises while it runs, such as for a
   * division by zero. What follows is meant for the user and holds no data.
   */
  public static final String RAISED = "lakesdk: ";

  private SqlErrors() {}

  /** A statement that cannot run, with the reason as Athena would say it. */
  public static InvalidDefinitionException refuse(String reason) {
    return new InvalidDefinitionException("run", Subject.of(Subject.Kind.QUERY, ""), reason);
  }
}
