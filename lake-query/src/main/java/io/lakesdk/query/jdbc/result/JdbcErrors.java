package io.lakesdk.query.jdbc.result;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;

/**
 * Errors as JDBC has them: those of the lake with the SQLState of their kind, and those that the
 * driver finds itself. States follow SQL's classes; 42501 and 57014 are PostgreSQL's.
 */
public final class JdbcErrors {

  private JdbcErrors() {}

  /** An error of the lake, which becomes the cause. */
  public static SQLException of(LakeException e) {
    String reason = e.getMessage();
    if (e instanceof AccessDeniedException) {
      return new SQLInvalidAuthorizationSpecException(reason, "42501", e);
    } else if (e instanceof NotFoundException) {
      boolean table = e.subject().kind() == Subject.Kind.DATASET;
      return new SQLSyntaxErrorException(reason, table ? "42S02" : "42000", e);
    } else if (e instanceof InvalidDefinitionException) {
      return new SQLSyntaxErrorException(reason, "42000", e);
    } else if (e instanceof AlreadyExistsException) {
      return new SQLSyntaxErrorException(reason, "42S01", e);
    } else if (e instanceof BadDataException) {
      return new SQLDataException(reason, "22000", e);
    } else if (e instanceof ConflictException) {
      return new SQLTransactionRollbackException(reason, "40001", e);
    } else if (e instanceof OutcomeUnknownException) {
      return new SQLNonTransientConnectionException(reason, "08007", e);
    }
    return new SQLTransientConnectionException(reason, "08006", e);
  }

  /** The statement was stopped by its reader. */
  public static SQLException cancelled(LakeException e) {
    return new SQLException(e.getMessage(), "57014", e);
  }

  /** The statement was stopped because it took too long. */
  public static SQLException timedOut(LakeException e) {
    return new SQLTimeoutException(e.getMessage(), "57014", e);
  }

  /** There is no connection to be had. */
  public static SQLException noConnection(String reason) {
    return new SQLNonTransientConnectionException(reason, "08001");
  }

  /** Nobody may connect like that. */
  public static SQLException noPrincipal(String reason) {
    return new SQLInvalidAuthorizationSpecException(reason, "28000");
  }

  /** As {@link #noPrincipal(String)}, where the lake says why. */
  public static SQLException noPrincipal(LakeException e) {
    return new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
  }

  public static SQLException closed(String what) {
    String state = what.equals("connection") ? "08003" : "HY010";
    return new SQLException("The " + what + " is closed", state);
  }

  /** JDBC has it, a lake has not. */
  public static SQLFeatureNotSupportedException unsupported(String what) {
    return new SQLFeatureNotSupportedException("Not supported by a lake: " + what, "0A000");
  }

  /** An argument that JDBC does not allow. */
  public static SQLException badArgument(String reason) {
    return new SQLException(reason, "HY024");
  }

  /** A column or parameter that is not there. */
  public static SQLException noSuchIndex(String what, int index, int count) {
    return new SQLException(
        "There is no " + what + " " + index + "; they are counted from 1 to " + count, "07009");
  }

  /** A value that cannot be had as this type; names the column, not the value. */
  public static SQLException wrongType(String what, String from, String to) {
    return new SQLDataException(
        what + " is of type " + from + " and cannot be had as " + to, "22005");
  }

  /** A value that does not fit; names the column, not the value. */
  public static SQLException outOfRange(String what, String to) {
    return new SQLDataException(
        what + " has a value that is no exact " + to + "; read it as another type", "22003");
  }
}
