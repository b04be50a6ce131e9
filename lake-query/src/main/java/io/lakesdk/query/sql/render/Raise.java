package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The errors that a statement raises while it runs, where DuckDB by itself would give an answer and
 * Athena fails. They travel as codes inside the engine's message, because that may hold data.
 */
public enum Raise {
  ARRAY_INDEX_ZERO("SQL array indices start at 1"),
  ARRAY_INDEX_NEGATIVE("Array subscript is negative"),
  ARRAY_INDEX_TOO_LARGE("Array subscript must be less than or equal to array length"),
  KEY_NOT_PRESENT("Key not present in map"),
  SPLIT_INDEX("Index must be greater than zero"),
  INVALID_CAST("a value cannot be cast to the type asked for"),
  CHAR_TOO_LONG("a value has more characters than the type to which it is cast"),
  TIME_IN_DATE_INTERVAL("Cannot add hour, minutes or seconds to a date"),
  PAD_SIZE("Target length must be in the range [0..2147483647]"),
  EMPTY_PADDING("Padding string must not be empty"),
  EMPTY_DELIMITER("The delimiter may not be the empty string"),
  NEGATIVE_LENGTH("length must be greater than or equal to 0"),
  NEGATIVE_SIZE("size must not be negative"),
  TRIM_SIZE("size must not exceed array cardinality"),
  NEGATIVE_COUNT("count argument of repeat function must be greater than or equal to 0"),
  REPEAT_COUNT("count argument of repeat function must be less than or equal to 10000"),
  NGRAM_SIZE("N must be positive"),
  SEQUENCE_STEP_ZERO("step must not be zero"),
  SEQUENCE_STEP(
      "sequence stop value should be greater than or equal to start value if step is greater than"
          + " zero otherwise stop should be less than or equal to start"),
  SEQUENCE_LENGTH("result of sequence function must not have more than 10000 entries"),
  SEQUENCE_DAYS("sequence step must be a day interval if start and end values are dates"),
  RANDOM_BOUND("bound must be positive, and greater than start where there is one"),
  STRPOS_INSTANCE("'instance' must not be 0"),
  SPLIT_LIMIT("Limit must be positive"),
  PERCENTILE("Percentile must be between 0 and 1"),
  RECURSION_DEPTH("Recursion depth limit exceeded (10)"),
  JSON_PATH("a JSON path gives nothing, several values, or none of the type asked for"),
  HEX_LENGTH("hexadecimal digits come in pairs"),
  INTERVAL_DIVISION("Cannot divide an interval by 0"),
  DATE_UNIT("a unit is not a valid one here"),
  VECTOR_LENGTHS("The arguments must have the same length"),
  INVALID_DATE("a value does not have the format or is no date");

  private static final Pattern CODE = Pattern.compile("lakesdk:([A-Z_]+)");

  private final String reason;

  Raise(String reason) {
    this.reason = reason;
  }

  /**
   * An expression of this type that fails with this error when it is evaluated. It is not volatile,
   * so that {@code TRY} takes it.
   */
  public String sql(SqlType type) {
    String code = "'lakesdk:" + name() + "'";
    String fails = "CAST(" + code + " AS INTEGER)";
    return switch (type.duckType()) {
      case "INTEGER" -> fails;
      case "VARCHAR" -> "CAST(" + fails + " AS VARCHAR)";
      case "BLOB" -> "CAST(CAST(" + fails + " AS VARCHAR) AS BLOB)";
      default -> Sql.cast(code, type);
    };
  }

  /** What the user is told. */
  public String reason() {
    return reason;
  }

  /** The error that a message of the engine stands for, if it is one of these. */
  public static Optional<Raise> in(String engineMessage) {
    Matcher code = CODE.matcher(engineMessage);
    return code.find()
        ? Arrays.stream(values()).filter(raise -> raise.name().equals(code.group(1))).findFirst()
        : Optional.empty();
  }
}
