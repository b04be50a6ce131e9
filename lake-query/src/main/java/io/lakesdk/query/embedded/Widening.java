package io.lakesdk.query.embedded;

import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which types of files can be read as which types of datasets with no value lost. */
final class Widening {

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  private static final Map<String, Integer> DIGITS =
      Map.of(
          "TINYINT",
          3,
          "UTINYINT",
          3,
          "SMALLINT",
          5,
          "USMALLINT",
          5,
          "INTEGER",
          10,
          "UINTEGER",
          10,
          "BIGINT",
          19,
          "UBIGINT",
          20);

  private static final Map<Primitive, Set<String>> FROM =
      Map.of(
          Primitive.BOOLEAN, Set.of("BOOLEAN"),
          Primitive.TINYINT, Set.of("TINYINT"),
          Primitive.SMALLINT, Set.of("TINYINT", "UTINYINT", "SMALLINT"),
          Primitive.INT, Set.of("TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER"),
          Primitive.BIGINT,
              Set.of(
                  "TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER", "BIGINT"),
          Primitive.FLOAT, Set.of("FLOAT"),
          Primitive.DOUBLE, Set.of("FLOAT", "DOUBLE"),
          Primitive.BINARY, Set.of("BLOB"),
          Primitive.DATE, Set.of("DATE"),
          Primitive.TIMESTAMP,
              Set.of(
                  "TIMESTAMP",
                  "TIMESTAMP_S",
                  "TIMESTAMP_MS",
                  "TIMESTAMP_NS",
                  "TIMESTAMP WITH TIME ZONE"));

  private Widening() {}

  static boolean isLossless(String from, DataType to) {
    if (to instanceof ArrayType) {
      return from.endsWith("]");
    }
    if (to instanceof MapType) {
      return from.startsWith("MAP(") && from.endsWith(")");
    }
    if (to instanceof StructType) {
      return from.startsWith("STRUCT(") && from.endsWith(")");
    }
    if (to instanceof DecimalType decimal) {
      return fits(from, decimal);
    }
    if (Texts.isText(to)) {
      return from.equals("VARCHAR") || from.equals("UUID") || from.startsWith("ENUM");
    }
    return to instanceof Primitive primitive
        && FROM.getOrDefault(primitive, Set.of()).contains(from);
  }

  private static boolean fits(String from, DecimalType to) {
    int whole = to.precision() - to.scale();
    Matcher decimal = DECIMAL.matcher(from);
    if (decimal.matches()) {
      int scale = Integer.parseInt(decimal.group(2));
      return scale <= to.scale() && Integer.parseInt(decimal.group(1)) - scale <= whole;
    }
    return DIGITS.getOrDefault(from, Integer.MAX_VALUE) <= whole;
  }

  /** DuckDB's name of a type as Athena's users know it. */
  static String shown(String type) {
    return switch (type) {
      case "VARCHAR" -> "string";
      case "INTEGER" -> "int";
      case "BLOB" -> "binary";
      default -> type.toLowerCase(Locale.ROOT);
    };
  }
}
