package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.SqlErrors;

/**
 * Thrown by a function in Java that cannot answer, with the reason as the user should read it. The
 * engine passes on what it prints, which is why it holds no values.
 */
public final class BadArgument extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadArgument(String reason) {
    super(reason, null, false, false);
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // what the engine prints begins with it
  public String toString() {
    return SqlErrors.RAISED + getMessage();
  }
}
