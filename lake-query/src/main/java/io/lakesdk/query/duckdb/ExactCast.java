package io.lakesdk.query.duckdb;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Writes SQL that turns a value into a dataset's type without loss, or raises an error. Where every
 * value fits, as from int to bigint, the cast is a plain one.
 */
public final class ExactCast {

  private static final List<SqlType> WHOLE =
      List.of(
          SqlType.Simple.TINYINT,
          SqlType.Simple.SMALLINT,
          SqlType.Simple.INTEGER,
          SqlType.Simple.BIGINT);
  private static final int[] DIGITS = {3, 5, 10, 19};

  private ExactCast() {}

  /**
   * The cast, or nothing where the types have nothing to do with each other.
   *
   * @param failure an expression that raises the error
   */
  public static Optional<String> sql(String value, SqlType from, DataType type, String failure) {
    SqlType to = SqlTypes.of(type);
    if (from == SqlType.Simple.UNKNOWN) {
      return Optional.of("CAST(NULL AS " + to.duckType() + ")");
    }
    if (to instanceof SqlType.Timestamp) {
      return timestamp(value, from, failure);
    }
    if (from.equals(to)) {
      return Optional.of(value);
    }
    if (isText(to)) {
      return text(value, from, to, failure);
    }
    if (isNumber(from) && isNumber(to)) {
      return Optional.of(widens(from, to) ? plain(value, to) : exact(value, from, to, failure));
    }
    boolean sameNesting =
        (from instanceof SqlType.Array && to instanceof SqlType.Array)
            || (from instanceof SqlType.MapOf && to instanceof SqlType.MapOf)
            || (from instanceof SqlType.Row && to instanceof SqlType.Row);
    return sameNesting ? Optional.of(exact(value, from, to, failure)) : Optional.empty();
  }

  private static Optional<String> timestamp(String value, SqlType from, String failure) {
    if (from == SqlType.Simple.DATE) {
      return Optional.of("CAST(" + value + " AS TIMESTAMP_MS)");
    }
    if (!(from instanceof SqlType.Timestamp timestamp)) {
      return Optional.empty();
    }
    String cut = "CAST(" + value + " AS TIMESTAMP_MS)";
    return Optional.of(
        timestamp.precision() <= 3
            ? cut
            : "CASE WHEN "
                + value
                + " IS NOT NULL THEN CASE WHEN CAST("
                + cut
                + " AS TIMESTAMP) = "
                + value
                + " THEN "
                + cut
                + " ELSE "
                + failure
                + " END END");
  }

  private static Optional<String> text(String value, SqlType from, SqlType to, String failure) {
    if (from == SqlType.Simple.JSON || from == SqlType.Simple.UUID) {
      return text(
          "CAST(" + value + " AS VARCHAR)", new SqlType.Varchar(Optional.empty()), to, failure);
    }
    if (!isText(from)) {
      return Optional.empty();
    }
    int most = most(to);
    if (most(from) <= most && to instanceof SqlType.Varchar) {
      return Optional.of(value);
    }
    String fitting = to instanceof SqlType.Char ? "rpad(" + value + ", " + most + ", ' ')" : value;
    String length = to instanceof SqlType.Char ? "rtrim(" + value + ", ' ')" : value;
    return Optional.of(
        "CASE WHEN "
            + value
            + " IS NOT NULL THEN CASE WHEN length("
            + length
            + ") <= "
            + most
            + " THEN left("
            + fitting
            + ", "
            + most
            + ") ELSE "
            + failure
            + " END END");
  }

  private static int most(SqlType text) {
    if (text instanceof SqlType.Char fixed) {
      return fixed.length();
    }
    return text instanceof SqlType.Varchar varchar
        ? varchar.length().orElse(Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  private static boolean isText(SqlType type) {
    return type instanceof SqlType.Varchar || type instanceof SqlType.Char;
  }

  private static boolean isNumber(SqlType type) {
    return WHOLE.contains(type)
        || type instanceof SqlType.Decimal
        || type == SqlType.Simple.REAL
        || type == SqlType.Simple.DOUBLE;
  }

  private static boolean widens(SqlType from, SqlType to) {
    int whole = WHOLE.indexOf(from);
    if (to instanceof SqlType.Decimal wide) {
      int room = wide.precision() - wide.scale();
      if (from instanceof SqlType.Decimal narrow) {
        return narrow.scale() <= wide.scale() && narrow.precision() - narrow.scale() <= room;
      }
      return whole >= 0 && DIGITS[whole] <= room;
    }
    if (to == SqlType.Simple.DOUBLE) {
      return from == SqlType.Simple.REAL || (whole >= 0 && whole < 3);
    }
    if (to == SqlType.Simple.REAL) {
      return whole >= 0 && whole < 2;
    }
    return whole >= 0 && whole <= WHOLE.indexOf(to);
  }

  private static String plain(String value, SqlType to) {
    return "CAST(" + value + " AS " + to.duckType() + ")";
  }

  /** There and back again gives the same value. */
  private static String exact(String value, SqlType from, SqlType to, String failure) {
    String there = "TRY_CAST(" + value + " AS " + to.duckType() + ")";
    String back = "TRY_CAST(" + there + " AS " + from.duckType() + ")";
    boolean narrowing = WHOLE.contains(from) && WHOLE.contains(to);
    return "CASE WHEN "
        + value
        + " IS NOT NULL THEN "
        + (narrowing
            ? "coalesce(" + there + ", " + failure + ")"
            : "CASE WHEN "
                + back
                + " IS NOT DISTINCT FROM "
                + value
                + " THEN "
                + there
                + " ELSE "
                + failure
                + " END")
        + " END";
  }
}
