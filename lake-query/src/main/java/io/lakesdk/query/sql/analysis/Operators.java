package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Decimals;
import io.lakesdk.query.sql.render.Equality;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.Zones;
import io.lakesdk.query.sql.scope.RowConditions;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.ComparisonExpression.Operator;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arithmetic and comparison. */
final class Operators {

  private static final String DAY = "CAST(86400000 AS BIGINT)";

  Typed arithmetic(ArithmeticBinaryExpression node, Typed left, Typed right) {
    String symbol = node.getOperator().getValue();
    Typed one = left.type() == Simple.UNKNOWN ? Casts.coerce(left, beside(right)) : left;
    Typed two = right.type() == Simple.UNKNOWN ? Casts.coerce(right, beside(left)) : right;
    if (Coercions.isNumeric(one.type()) && Coercions.isNumeric(two.type())) {
      return numeric(node, one, two);
    }
    return temporal(node, one, two)
        .orElseThrow(
            () ->
                Refusal.at(
                    node, "Cannot apply operator: %s %s %s", left.type(), symbol, right.type()));
  }

  /** The type of a NULL beside a value. */
  private static SqlType beside(Typed value) {
    return value.type() instanceof Decimal ? new Decimal(1, 0) : value.type();
  }

  private static Typed numeric(ArithmeticBinaryExpression node, Typed left, Typed right) {
    SqlType common = Coercions.common(left.type(), right.type()).orElseThrow();
    if (common instanceof Decimal) {
      Typed one = Casts.coerce(left, Coercions.asDecimal(left.type()));
      Typed two = Casts.coerce(right, Coercions.asDecimal(right.type()));
      return decimal(node, one, two);
    }
    Typed one = Casts.coerce(left, common);
    Typed two = Casts.coerce(right, common);
    String operator =
        switch (node.getOperator()) {
          case ADD -> " + ";
          case SUBTRACT -> " - ";
          case MULTIPLY -> " * ";
          case DIVIDE -> Coercions.isInteger(common) ? " // " : " / ";
          case MODULUS -> " % ";
        };
    return Typed.of("(" + one.sql() + operator + two.sql() + ")", common, one, two);
  }

  private static Typed decimal(ArithmeticBinaryExpression node, Typed left, Typed right) {
    Decimal one = (Decimal) left.type();
    Decimal two = (Decimal) right.type();
    return switch (node.getOperator()) {
      case ADD -> Decimals.sum(left, " + ", right);
      case SUBTRACT -> Decimals.sum(left, " - ", right);
      case MODULUS -> {
        Decimal type = Decimals.remainderType(one, two);
        Typed rest = plain(left, " % ", right, type);
        yield Typed.of(Sql.cast(rest.sql(), type), type, rest);
      }
      case MULTIPLY -> {
        if (one.scale() + two.scale() > Decimal.MAX_PRECISION) {
          throw Refusal.at(
              node,
              "DECIMAL scale must be in range [0, precision (38)]: %s",
              one.scale() + two.scale());
        }
        yield Decimals.multiply(left, right);
      }
      case DIVIDE -> Decimals.divide(left, right);
    };
  }

  private static Typed plain(Typed left, String operator, Typed right, SqlType type) {
    return Typed.of("(" + left.sql() + operator + right.sql() + ")", type, left, right);
  }

  private static Optional<Typed> temporal(
      ArithmeticBinaryExpression node, Typed left, Typed right) {
    boolean minus = node.getOperator() == ArithmeticBinaryExpression.Operator.SUBTRACT;
    boolean plus = node.getOperator() == ArithmeticBinaryExpression.Operator.ADD;
    if (left.type() instanceof SqlType.Time || right.type() instanceof SqlType.Time) {
      return ofDay(node, left, right);
    }
    if (plus && isInterval(left.type()) && Coercions.isTemporal(right.type())) {
      return shifted(right, left, false);
    } else if ((plus || minus) && Coercions.isTemporal(left.type()) && isInterval(right.type())) {
      return shifted(left, right, minus);
    } else if ((plus || minus) && isInterval(left.type()) && left.type() == right.type()) {
      return Optional.of(plain(left, minus ? " - " : " + ", right, left.type()));
    } else if (minus && isInstant(left.type()) && isInstant(right.type())) {
      String sql = "(epoch_ms(" + left.sql() + ") - epoch_ms(" + right.sql() + "))";
      return Optional.of(Typed.of(sql, Simple.INTERVAL_DAY_TO_SECOND, left, right));
    }
    return scaled(node, left, right);
  }

  /** A time of day and an interval, beyond midnight if need be, or what is between two times. */
  private static Optional<Typed> ofDay(ArithmeticBinaryExpression node, Typed left, Typed right) {
    boolean minus = node.getOperator() == ArithmeticBinaryExpression.Operator.SUBTRACT;
    boolean plus = node.getOperator() == ArithmeticBinaryExpression.Operator.ADD;
    if (minus && left.type() instanceof SqlType.Time && right.type() instanceof SqlType.Time) {
      String sql = "((epoch_us(" + left.sql() + ") - epoch_us(" + right.sql() + ")) // 1000)";
      return Optional.of(Typed.of(sql, Simple.INTERVAL_DAY_TO_SECOND, left, right));
    }
    boolean turned = plus && left.type() == Simple.INTERVAL_DAY_TO_SECOND;
    Typed time = turned ? right : left;
    Typed interval = turned ? left : right;
    if (!(plus || minus)
        || !(time.type() instanceof SqlType.Time known)
        || interval.type() != Simple.INTERVAL_DAY_TO_SECOND) {
      return Optional.empty();
    }
    String sum =
        "("
            + time.sql()
            + (minus ? " - " : " + ")
            + "to_milliseconds("
            + interval.sql()
            + " % 86400000))";
    return Optional.of(
        Typed.of(sum, new SqlType.Time(Math.max(3, known.precision())), time, interval));
  }

  /** An interval a number of times, or divided by one; what is left of a unit is cut. */
  private static Optional<Typed> scaled(ArithmeticBinaryExpression node, Typed left, Typed right) {
    boolean times = node.getOperator() == ArithmeticBinaryExpression.Operator.MULTIPLY;
    boolean by = node.getOperator() == ArithmeticBinaryExpression.Operator.DIVIDE;
    boolean first = isInterval(left.type());
    Typed interval = first ? left : right;
    Typed number = first ? right : left;
    if (!isInterval(interval.type())
        || !Coercions.isNumeric(number.type())
        || !(times || (by && first))) {
      return Optional.empty();
    }
    SqlType type = interval.type();
    if (times && Coercions.isInteger(number.type())) {
      String sql = "(" + interval.sql() + " * " + number.sql() + ")";
      return Optional.of(Typed.of(Sql.cast(sql, type), type, left, right));
    }
    Typed factor = Casts.coerce(number, Simple.DOUBLE);
    String sql =
        times
            ? "CAST(trunc({0} * {1}) AS {result})"
            : "CASE WHEN {1} = 0 THEN {a} ELSE CAST(trunc({0} / {1}) AS {result}) END";
    return Optional.of(
        Template.of(sql)
            .with(Raise.INTERVAL_DIVISION.sql(type))
            .fill(List.of(interval, factor), type));
  }

  private static boolean isInterval(SqlType type) {
    return type == Simple.INTERVAL_DAY_TO_SECOND || type == Simple.INTERVAL_YEAR_TO_MONTH;
  }

  private static boolean isInstant(SqlType type) {
    return type == Simple.DATE
        || type instanceof SqlType.Timestamp
        || type instanceof SqlType.TimestampWithTimeZone;
  }

  private static Optional<Typed> shifted(Typed time, Typed interval, boolean minus) {
    if (time.type() instanceof SqlType.TimestampWithTimeZone zoned
        && interval.type() == Simple.INTERVAL_YEAR_TO_MONTH) {
      return shifted(Zones.clock(time), interval, minus)
          .map(clock -> Zones.instant(clock, zoned.zone()));
    }
    String sign = minus ? " - " : " + ";
    SqlType type = time.type();
    if (interval.type() == Simple.INTERVAL_YEAR_TO_MONTH) {
      String sum = "(" + time.sql() + sign + "to_months(" + interval.sql() + "))";
      return Optional.of(
          Typed.of(type == Simple.DATE ? Sql.cast(sum, type) : sum, type, time, interval));
    }
    if (type != Simple.DATE) {
      SqlType wide = type;
      if (type instanceof SqlType.Timestamp timestamp && timestamp.precision() < 3) {
        wide = new SqlType.Timestamp(3);
      } else if (type instanceof SqlType.TimestampWithTimeZone zoned && zoned.precision() < 3) {
        wide = new SqlType.TimestampWithTimeZone(3, zoned.zone());
      }
      String sum = "(" + time.sql() + sign + "to_milliseconds(" + interval.sql() + "))";
      return Optional.of(Typed.of(sum, wide, time, interval));
    }
    Optional<Long> known = interval.number();
    if (known.isPresent() && known.get() % 86_400_000 == 0) {
      String days = Sql.cast(Long.toString(known.get() / 86_400_000), Simple.INTEGER);
      return Optional.of(Typed.of("(" + time.sql() + sign + days + ")", type, time, interval));
    }
    String checked =
        "CASE WHEN {1} % "
            + DAY
            + " <> 0 THEN "
            + Raise.TIME_IN_DATE_INTERVAL.sql(type)
            + " ELSE {0}"
            + sign
            + "CAST({1} // "
            + DAY
            + " AS INTEGER) END";
    return Optional.of(Template.of(checked).fill(List.of(time, interval), type));
  }

  Typed signed(ArithmeticUnaryExpression node, Typed value) {
    SqlType type = value.type();
    boolean allowed = Coercions.isNumeric(type) || isInterval(type) || type == Simple.UNKNOWN;
    if (!allowed) {
      throw Refusal.at(node, "Cannot negate %s", type);
    }
    if (node.getSign() == ArithmeticUnaryExpression.Sign.PLUS) {
      return value;
    }
    String sql = "(-" + value.sql() + ")";
    if (value.number().filter(number -> number >= 0).isPresent()) {
      return Typed.constant(sql, type, -value.number().get());
    }
    // DuckDB takes a wider type for what is too large.
    return Typed.of(Coercions.isInteger(type) ? Sql.cast(sql, type) : sql, type, value);
  }

  Typed compare(Node node, Operator operator, Typed left, Typed right) {
    SqlType common =
        Coercions.common(left.type(), right.type())
            .orElseThrow(
                () ->
                    operator == Operator.IS_DISTINCT_FROM
                        ? Refusal.at(
                            node,
                            "Cannot check if %s is identical to %s",
                            left.type(),
                            right.type())
                        : Refusal.at(
                            node,
                            "Cannot apply operator: %s %s %s",
                            left.type(),
                            operator.getValue(),
                            right.type()));
    boolean equal = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    if (!equal && operator != Operator.IS_DISTINCT_FROM) {
      requireOrderable(
          node, common, "Cannot apply operator: %s " + operator.getValue() + " %s", left, right);
    }
    if (equal && isNested(common)) {
      Typed same = Equality.of(Casts.coerce(left, common), Casts.coerce(right, common));
      return operator == Operator.EQUAL
          ? same
          : Typed.of("(NOT " + same.sql() + ")", Simple.BOOLEAN, same);
    }
    requireComparable(node, common);
    if (common instanceof SqlType.Varchar && left.type() != right.type()) {
      boolean fixed = left.type() instanceof SqlType.Char || right.type() instanceof SqlType.Char;
      if (fixed) {
        return compare(node, operator, unpadded(left), unpadded(right));
      }
    }
    Typed one = Casts.coerce(left, common);
    Typed two = Casts.coerce(right, common);
    Typed compared =
        common == Simple.DOUBLE || common == Simple.REAL
            ? floating(operator, one, two)
            : Typed.of(
                "(" + one.sql() + " " + operator.getValue() + " " + two.sql() + ")",
                Simple.BOOLEAN,
                left,
                right);
    return compared.withFilters(RowConditions.compare(left, operator, right));
  }

  /** Beside text of a fixed length, spaces at the end do not count. */
  private static Typed unpadded(Typed text) {
    return Typed.of("rtrim(" + text.sql() + ", ' ')", new SqlType.Varchar(Optional.empty()), text);
  }

  /** NaN is neither equal to, nor less or greater than anything; to DuckDB it is the greatest. */
  private static Typed floating(Operator operator, Typed one, Typed two) {
    String symbol = operator.getValue();
    boolean first = mayBeNan(one);
    boolean second = mayBeNan(two);
    String known = "(NOT isnan({0}) OR {1} IS NULL)";
    String pattern =
        switch (operator) {
          case EQUAL -> first && second ? "({0} = {1} AND " + known + ")" : "({0} = {1})";
          case NOT_EQUAL ->
              first && second ? "(NOT ({0} = {1} AND " + known + "))" : "({0} <> {1})";
          case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
              "({0} " + symbol + " {1}" + (first ? " AND " + known + ")" : ")");
          case LESS_THAN, LESS_THAN_OR_EQUAL ->
              "({0} " + symbol + " {1}" + (second ? " AND (NOT isnan({1}) OR {0} IS NULL))" : ")");
          default -> "({0} " + symbol + " {1})";
        };
    return Template.of(pattern).fill(List.of(one, two), Simple.BOOLEAN);
  }

  private static boolean mayBeNan(Typed value) {
    return value
        .constant()
        .map(Typed.Constant::value)
        .filter(number -> number instanceof Number finite && !Double.isNaN(finite.doubleValue()))
        .isEmpty();
  }

  Typed between(Node node, Typed value, Typed from, Typed to) {
    SqlType common =
        Coercions.common(List.of(value.type(), from.type(), to.type()))
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "Cannot check if %s is BETWEEN %s and %s",
                        value.type(),
                        from.type(),
                        to.type()));
    requireOrderable(node, common, "Cannot check if %s is BETWEEN %s and %s", value, from, to);
    String sql =
        "("
            + Casts.coerce(value, common).sql()
            + " BETWEEN "
            + Casts.coerce(from, common).sql()
            + " AND "
            + Casts.coerce(to, common).sql()
            + ")";
    Map<String, io.lakesdk.query.sql.RowCondition> filters =
        RowConditions.and(
            List.of(
                RowConditions.compare(value, Operator.GREATER_THAN_OR_EQUAL, from),
                RowConditions.compare(value, Operator.LESS_THAN_OR_EQUAL, to)));
    return Typed.of(sql, Simple.BOOLEAN, value, from, to).withFilters(filters);
  }

  /** The first of the values among the others. */
  Typed in(List<Expression> nodes, List<Typed> values) {
    SqlType common = same(nodes, values, "IN value and list items");
    if (isNested(common)) {
      Typed value = Casts.coerce(values.get(0), common);
      List<String> equal = new ArrayList<>();
      for (Typed item : values.subList(1, values.size())) {
        equal.add(Equality.of(value, Casts.coerce(item, common)).sql());
      }
      return Typed.of("(" + String.join(" OR ", equal) + ")", Simple.BOOLEAN, values);
    }
    List<String> coerced = values.stream().map(value -> Casts.coerce(value, common).sql()).toList();
    String sql =
        "(" + coerced.get(0) + " IN (" + Sql.list(coerced.subList(1, coerced.size())) + "))";
    return Typed.of(sql, Simple.BOOLEAN, values)
        .withFilters(RowConditions.oneOf(values.get(0), values.subList(1, values.size())));
  }

  /**
   * The type to which all turn.
   *
   * @param what the values are, for messages
   */
  static SqlType same(List<Expression> nodes, List<Typed> values, String what) {
    SqlType type = Simple.UNKNOWN;
    for (int i = 0; i < values.size(); i++) {
      SqlType known = type;
      SqlType next = values.get(i).type();
      Expression node = nodes.get(i);
      List<SqlType> all = values.subList(0, i + 1).stream().map(Typed::type).distinct().toList();
      type =
          Coercions.common(known, next)
              .orElseThrow(
                  () ->
                      Refusal.at(
                          node,
                          "%s must be the same type or coercible to a common type. Cannot find"
                              + " common type between %s and %s, all types (without duplicates):"
                              + " %s",
                          what,
                          known,
                          next,
                          all));
    }
    return type;
  }

  private static void requireOrderable(Node node, SqlType type, String format, Typed... values) {
    if (!Coercions.isOrderable(type)) {
      List<SqlType> types = Arrays.stream(values).map(Typed::type).toList();
      throw Refusal.at(node, format, types.toArray());
    }
  }

  static void requireSortable(Node item, SqlType type) {
    if (!Coercions.isOrderable(type)) {
      throw Refusal.at(
          item, "Type %s is not orderable, and therefore cannot be used in ORDER BY", type);
    }
  }

  private static boolean isNested(SqlType type) {
    return type instanceof SqlType.Array
        || type instanceof SqlType.MapOf
        || type instanceof SqlType.Row;
  }

  /** Maps have no order, neither among themselves nor of their entries. */
  private static boolean hasMap(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return hasMap(array.element());
    } else if (type instanceof SqlType.Row row) {
      return row.fields().stream().anyMatch(field -> hasMap(field.type()));
    }
    return type instanceof SqlType.MapOf;
  }

  static void requireComparable(Node node, SqlType type) {
    if (hasMap(type)) {
      throw Refusal.unsupported(node, "comparison of " + type);
    }
  }
}
