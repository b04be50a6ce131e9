package io.lakesdk.query.duckdb;

import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.VarcharType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes SQL that reads values from text strictly. DuckDB's own casts round {@code 1.7} to a whole
 * number and take {@code 1_000} for one; here a text either means a value of the type exactly, or
 * it is an error.
 */
public final class Texts {

  private Texts() {}

  /**
   * Text cut to a varchar's length, or cut and padded to a char's.
   *
   * @param sql a short expression, which is repeated
   */
  public static String fitted(DataType type, String sql) {
    if (type instanceof VarcharType varchar) {
      // Counting bytes costs nothing, and what has no more bytes has no more characters.
      int most = varchar.length();
      return "CASE WHEN strlen(%1$s) <= %2$d THEN %1$s ELSE left(%1$s, %2$d) END"
          .formatted(sql, most);
    }
    if (type instanceof CharType fixed) {
      return "rpad(left(" + sql + ", " + fixed.length() + "), " + fixed.length() + ", ' ')";
    }
    return sql;
  }

  /** Whether text of this type is its own value, the empty one too. */
  public static boolean isText(DataType type) {
    return type == Primitive.STRING || type instanceof VarcharType || type instanceof CharType;
  }

  /** The value of a text, or NULL if it is none of the type. */
  public static String parsed(DataType type, String text) {
    if (isText(type)) {
      return fitted(type, text);
    }
    String cast = "TRY_CAST(" + text + " AS " + SqlTypes.of(type).duckType() + ")";
    if (type instanceof DecimalType decimal) {
      return matching(text, "[+-]?[0-9]*([.][0-9]{0," + decimal.scale() + "}0*)?", cast);
    }
    if (type instanceof Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN ->
            "CASE lower(" + text + ") WHEN 'true' THEN true WHEN 'false' THEN false END";
        case TINYINT, SMALLINT, INT, BIGINT -> matching(text, "[+-]?[0-9]+", cast);
        case FLOAT, DOUBLE ->
            matching(
                text,
                "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?(?i:nan|inf(inity)?)",
                cast);
        case DATE -> matching(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}", cast);
        case TIMESTAMP ->
            matching(
                text,
                "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?",
                "CAST(TRY_CAST(rtrim(" + text + ", 'Z') AS TIMESTAMP_MS) AS TIMESTAMP)");
        case BINARY -> "TRY(from_base64(" + text + "))";
        case STRING -> text;
      };
    }
    return cast;
  }

  private static String matching(String text, String pattern, String value) {
    return "CASE WHEN regexp_full_match("
        + text
        + ", "
        + SqlText.literal(pattern)
        + ") THEN "
        + value
        + " END";
  }

  /**
   * How a column is read from text.
   *
   * @param text its text
   * @param parsed its value, or NULL if the text is none of the type; empty if every text is one
   */
  public record Value(String text, Optional<String> parsed) {

    public static Value of(DataType type, String text) {
      return new Value(
          text, isText(type) ? Optional.empty() : Optional.of(Texts.parsed(type, text)));
    }

    /** The value, or {@code failure}, an expression that raises an error. */
    public String checked(DataType type, String failure) {
      return parsed
          .map(
              value ->
                  "CASE WHEN "
                      + text
                      + " IS NOT NULL THEN coalesce("
                      + value
                      + ", "
                      + failure
                      + ") END")
          .orElseGet(() -> fitted(type, text));
    }
  }

  /**
   * How the columns of text files are read from their texts, so that a fault can be found again.
   *
   * @param columns those that are read
   * @param values for each name how to get it from {@code f}
   * @param file the number of the file, from {@code f}
   * @param inOrder the call of a table function that reads the file at a path from front to back
   */
  public record TextColumns(
      List<Column> columns,
      Map<String, Value> values,
      String file,
      Function<String, String> inOrder) {

    /**
     * What the messages begin with that a scan raises; the numbers of scan, file and column follow.
     */
    public static final String RAISED = "lakesdk-scan:";

    /** How to get each column in a scan of this number. */
    public Map<String, String> expressions(int scan) {
      Map<String, String> all = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        Value value = values.get(column.name());
        all.put(
            column.name(),
            value == null
                ? "CAST(NULL AS " + SqlTypes.of(column.type()).duckType() + ")"
                : value.checked(column.type(), failure(scan, i)));
      }
      return all;
    }

    private String failure(int scan, int column) {
      return "error("
          + SqlText.literal(RAISED + scan + ":" + column + ":")
          + " || CAST("
          + file
          + " AS VARCHAR))";
    }

    /** The number of the first row that has a bad value in a column, counted from 1. */
    public String firstBadRow(Column column, String path) {
      Value value = values.getOrDefault(column.name(), new Value("NULL", Optional.empty()));
      return "SELECT min(n) FROM (SELECT row_number() OVER () AS n, "
          + value.text()
          + " IS NOT NULL AND ("
          + value.parsed().orElse("true")
          + ") IS NULL AS bad FROM "
          + inOrder.apply(path)
          + " AS f) WHERE bad";
    }
  }
}
