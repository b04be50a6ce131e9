package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.render.Typed.Narrow;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Exact arithmetic on decimals with Trino's result types, rounding half away from zero. DuckDB
 * divides decimals as doubles, so quotients are computed on whole numbers.
 */
public final class Decimals {

  private static final int MAX_SHORT = 18;

  private Decimals() {}

  /** The type of a sum or difference, or empty where Trino has none. */
  public static Decimal sumType(Decimal left, Decimal right) {
    int scale = Math.max(left.scale(), right.scale());
    int digits = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return new Decimal(Math.min(Decimal.MAX_PRECISION, digits + scale + 1), scale);
  }

  public static Decimal quotientType(Decimal left, Decimal right) {
    int more = Math.max(right.scale() - left.scale(), 0);
    return new Decimal(
        Math.min(Decimal.MAX_PRECISION, left.precision() + right.scale() + more),
        Math.max(left.scale(), right.scale()));
  }

  public static Decimal remainderType(Decimal left, Decimal right) {
    int scale = Math.max(left.scale(), right.scale());
    int digits = Math.min(left.precision() - left.scale(), right.precision() - right.scale());
    return new Decimal(Math.max(1, digits + scale), scale);
  }

  /** Whether values of this type have 64 bits at most. */
  public static boolean isShort(SqlType type) {
    return type instanceof Decimal decimal && decimal.precision() <= MAX_SHORT;
  }

  /** The cheapest expression for the same decimals, of the same scale, for what takes any type. */
  public static Typed cheapest(Typed value) {
    return value.narrow().map(narrow -> Typed.of(narrow.sql(), value.type(), value)).orElse(value);
  }

  /** The same in 64 bits, if it is known to have room there. */
  private static Optional<Narrow> narrow(Typed value) {
    if (value.narrow().isPresent() || !isShort(value.type())) {
      return value.narrow();
    }
    Decimal type = (Decimal) value.type();
    int digits =
        value
            .number()
            .map(number -> digits(number) + type.scale())
            .filter(most -> most < type.precision())
            .orElse(type.precision());
    return Optional.of(new Narrow(value.sql(), digits));
  }

  private static int digits(long number) {
    return BigDecimal.valueOf(number).precision();
  }

  /**
   * A sum or difference.
   *
   * @param operator with a space on either side
   */
  public static Typed sum(Typed left, String operator, Typed right) {
    Decimal one = (Decimal) left.type();
    Decimal two = (Decimal) right.type();
    Decimal result = sumType(one, two);
    Typed sum = Typed.of("(" + left.sql() + operator + right.sql() + ")", result, left, right);
    Optional<Narrow> first = narrow(left);
    Optional<Narrow> second = narrow(right);
    if (first.isEmpty() || second.isEmpty()) {
      return sum;
    }
    int whole = Math.max(first.get().digits() - one.scale(), second.get().digits() - two.scale());
    int digits = Math.max(0, whole) + result.scale() + 1;
    return digits > MAX_SHORT
        ? sum
        : sum.withNarrow(
            new Narrow("(" + first.get().sql() + operator + second.get().sql() + ")", digits));
  }

  /** A product; the sum of the scales must be 38 at most. */
  public static Typed multiply(Typed left, Typed right) {
    Decimal one = (Decimal) left.type();
    Decimal two = (Decimal) right.type();
    int precision = Math.min(Decimal.MAX_PRECISION, one.precision() + two.precision());
    Decimal result = new Decimal(precision, one.scale() + two.scale());
    Optional<Narrow> first = narrow(left);
    Optional<Narrow> second = narrow(right);
    if (precision > MAX_SHORT
        && first.isPresent()
        && second.isPresent()
        && first.get().digits() + second.get().digits() <= MAX_SHORT
        && result.scale() <= MAX_SHORT) {
      // DuckDB gives 18 digits to a product of two short decimals, and checks that they suffice
      String product = "(" + first.get().sql() + " * " + second.get().sql() + ")";
      return Typed.of(Sql.cast(product, result), result, left, right)
          .withNarrow(new Narrow(product, first.get().digits() + second.get().digits()));
    }
    boolean capped =
        one.precision() + two.precision() > MAX_SHORT
            && Math.max(one.precision(), two.precision()) <= MAX_SHORT;
    if (!capped) {
      return Typed.of("(" + left.sql() + " * " + right.sql() + ")", result, left, right);
    }
    String wide = Sql.cast(left.sql(), new Decimal(MAX_SHORT + 1, one.scale()));
    return Typed.of(Sql.cast("(" + wide + " * " + right.sql() + ")", result), result, left, right);
  }

  /** A quotient; fails on a divisor of zero. */
  public static Typed divide(Typed left, Typed right) {
    Decimal one = (Decimal) left.type();
    Decimal two = (Decimal) right.type();
    Decimal result = quotientType(one, two);
    int shift = result.scale() - one.scale() + two.scale();
    boolean narrow = one.precision() + shift < MAX_SHORT && two.precision() < MAX_SHORT;
    String dividend = unscaled("{0}", one, narrow);
    if (shift > 0) {
      dividend = "(" + dividend + " * " + whole(shift, narrow) + ")";
    }
    String short38 = scaled(quotient(dividend, unscaled("{1}", two, narrow)), result);
    if (one.precision() + shift < Decimal.MAX_PRECISION - 1) {
      return Template.of(short38).fill(List.of(left, right), result);
    }
    // Values that leave no room for the shift are divided in Java.
    int room = Decimal.MAX_PRECISION - 2 - Math.max(0, shift) - one.scale();
    return Template.of(
            "CASE WHEN abs(CAST({0} AS DOUBLE)) < CAST('1e"
                + room
                + "' AS DOUBLE) THEN "
                + short38
                + " ELSE CAST(lake_exact_quotient_varchar_varchar_bigint_(CAST({0} AS VARCHAR),"
                + " CAST({1} AS VARCHAR), "
                + result.scale()
                + ") AS {result}) END")
        .fill(List.of(left, right), result);
  }

  /** The mean, given the sum of decimals and how many they were. */
  public static Typed mean(Typed sum, Typed count, Decimal result) {
    Decimal type = (Decimal) sum.type();
    String places = quotient(unscaled("{0}", type, false), "CAST({1} AS HUGEINT)");
    return Template.of("CASE WHEN {1} > 0 THEN " + scaled(places, result) + " END")
        .fill(List.of(sum, count), result);
  }

  private static String quotient(String dividend, String divisor) {
    return "((2 * "
        + dividend
        + " + sign("
        + dividend
        + ") * abs("
        + divisor
        + ")) // (2 * "
        + divisor
        + "))";
  }

  private static String unscaled(String sql, Decimal type, boolean narrow) {
    String target = narrow ? "BIGINT" : "HUGEINT";
    if (type.scale() == 0) {
      return "CAST(" + sql + " AS " + target + ")";
    }
    int width = type.precision() + type.scale() + 1;
    if (width > Decimal.MAX_PRECISION) {
      return "CAST(replace(CAST(" + sql + " AS VARCHAR), '.', '') AS HUGEINT)";
    }
    String operand =
        width > MAX_SHORT && type.precision() <= MAX_SHORT
            ? "CAST(" + sql + " AS DECIMAL(" + (MAX_SHORT + 1) + "," + type.scale() + "))"
            : sql;
    String factor =
        "CAST(1" + "0".repeat(type.scale()) + " AS DECIMAL(" + (type.scale() + 1) + ",0))";
    return "CAST(" + operand + " * " + factor + " AS " + target + ")";
  }

  private static String whole(int zeros, boolean narrow) {
    return "CAST('1" + "0".repeat(zeros) + "' AS " + (narrow ? "BIGINT" : "HUGEINT") + ")";
  }

  private static String scaled(String whole, Decimal type) {
    if (type.scale() == 0) {
      return "CAST(" + whole + " AS " + type.duckType() + ")";
    }
    String unit = "0." + "0".repeat(type.scale() - 1) + "1";
    SqlType fraction = new Decimal(type.scale(), type.scale());
    return "CAST(CAST("
        + whole
        + " AS DECIMAL(38,0)) * "
        + Sql.cast("'" + unit + "'", fraction)
        + " AS "
        + type.duckType()
        + ")";
  }
}
