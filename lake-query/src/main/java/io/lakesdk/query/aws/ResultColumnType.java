package io.lakesdk.query.aws;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.athena.model.ColumnInfo;

/**
 * The type of a column of a result. Of arrays, maps and rows Athena does not tell what is in them,
 * so that it is taken from the statement where that is understood.
 *
 * @param name as a user reads it
 * @param type empty where values are given as Athena prints them, or are nested and not known
 * @param kind whether values can be read without knowing more
 */
record ResultColumnType(String name, Optional<SqlType> type, Kind kind) {

  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final int MILLIS = 3;

  /** How values are read. */
  enum Kind {
    /** By their type. */
    TYPED,
    /** As text, since the embedded engine has no such type. */
    TEXT,
    /** Not at all, since nobody knows what is in them. */
    UNKNOWN_CONTENT
  }

  /**
   * @param analysed the type that the statement gives to the column, where it is understood
   */
  static ResultColumnType of(ColumnInfo column, Supplier<Optional<SqlType>> analysed) {
    String type = column.type() == null ? "varchar" : column.type().toLowerCase(Locale.ROOT);
    int precision = column.precision() == null ? 0 : column.precision();
    int scale = column.scale() == null ? 0 : column.scale();
    return switch (type) {
      case "varchar", "string" ->
          typed(
              new SqlType.Varchar(
                  precision > 0 && precision < UNBOUNDED && !type.equals("string")
                      ? Optional.of(precision)
                      : Optional.empty()));
      case "char" -> typed(new SqlType.Char(Math.max(1, precision)));
      case "float" -> typed(Simple.REAL);
      case "decimal" ->
          typed(
              precision > 0 && precision <= SqlType.Decimal.MAX_PRECISION && scale <= precision
                  ? new SqlType.Decimal(precision, scale)
                  : new SqlType.Decimal(SqlType.Decimal.MAX_PRECISION, 0));
      case "timestamp" -> typed(new SqlType.Timestamp(digits(precision)));
      case "timestamp with time zone" ->
          typed(new SqlType.TimestampWithTimeZone(digits(precision)));
      case "array", "map", "row" -> nested(type, analysed.get());
      default -> simple(type);
    };
  }

  private static int digits(int precision) {
    return precision == 0 ? MILLIS : precision;
  }

  private static ResultColumnType typed(SqlType type) {
    return new ResultColumnType(type.toString(), Optional.of(type), Kind.TYPED);
  }

  private static ResultColumnType nested(String type, Optional<SqlType> analysed) {
    return analysed
        .filter(known -> isA(type, known))
        .map(ResultColumnType::typed)
        .orElseGet(() -> new ResultColumnType(type, Optional.empty(), Kind.UNKNOWN_CONTENT));
  }

  private static boolean isA(String type, SqlType known) {
    return switch (type) {
      case "array" -> known instanceof SqlType.Array;
      case "map" -> known instanceof SqlType.MapOf;
      default -> known instanceof SqlType.Row;
    };
  }

  private static ResultColumnType simple(String type) {
    for (Simple known : Simple.values()) {
      if (known.toString().equals(type)) {
        return typed(known);
      }
    }
    return new ResultColumnType(type, Optional.empty(), Kind.TEXT);
  }
}
