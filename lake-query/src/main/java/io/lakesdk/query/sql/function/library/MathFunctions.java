package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.render.Decimals;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions of numbers. */
final class MathFunctions {

  private static final List<String> INTEGERS = List.of("tinyint", "smallint", "integer", "bigint");
  private static final List<String> FLOATING = List.of("real", "double");

  private static final String WHOLE_ROUND = "CAST(round({0}, CAST({1} AS INTEGER)) AS {result})";

  private MathFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    rounding(table);
    // Of casts: DuckDB multiplies before it rounds, and loses digits.
    table.helper(
        "exact_decimal(double, bigint) varchar",
        arguments -> exact(arguments.number(0), Double.toString(arguments.number(0)), arguments));
    table.helper(
        "exact_decimal(real, bigint) varchar",
        arguments ->
            exact(arguments.number(0), Float.toString((float) arguments.number(0)), arguments));
    // Of divisions whose dividend, made as large as the quotient needs, has more than 38 digits.
    table.helper(
        "exact_quotient(varchar, varchar, bigint) varchar",
        arguments -> {
          if (arguments.decimal(1).signum() == 0) {
            throw new BadArgument("Division by zero");
          }
          return arguments
              .decimal(0)
              .divide(arguments.decimal(1), arguments.small(2), RoundingMode.HALF_UP)
              .toPlainString();
        });
    for (String type : INTEGERS) {
      table
          .scalar("abs(" + type + ") " + type, "abs({0})")
          .scalar("sign(" + type + ") " + type, "CAST(sign({0}) AS {result})")
          .scalar("mod(" + type + ", " + type + ") " + type, "({0} % {1})");
    }
    for (String type : FLOATING) {
      table
          .scalar("abs(" + type + ") " + type, "abs({0})")
          .scalar("mod(" + type + ", " + type + ") " + type, "({0} % {1})");
    }
    table
        .scalar("mod(decimal(p,s), decimal(q,t)) decimal(p,s)", MathFunctions::remainder)
        .scalar("abs(decimal(p,s)) decimal(p,s)", "abs({0})")
        .scalar(
            "sign(decimal(p,s)) decimal(p,s)",
            (arguments, result) ->
                Template.of("CAST(sign({0}) AS {result})").fill(arguments, new Decimal(1, 0)))
        .scalar(
            "sign(double) double",
            "CASE WHEN isnan({0}) OR {0} = 0 THEN {0} ELSE CAST(sign({0}) AS {result}) END")
        .scalar(
            "sign(real) real",
            "CASE WHEN isnan({0}) OR {0} = 0 THEN {0} ELSE CAST(sign({0}) AS {result}) END")
        // DuckDB's differ in the last digit.
        .java("cbrt(double) double", arguments -> Math.cbrt(arguments.number(0)))
        .java(
            "atan2(double, double) double",
            arguments -> Math.atan2(arguments.number(0), arguments.number(1)));
    doubles(table);
    comparing(table);
    return table;
  }

  private static String exact(double number, String printed, Arguments arguments) {
    if (!Double.isFinite(number)) {
      throw new BadArgument("a number that is not finite cannot be cast to a decimal");
    }
    return new BigDecimal(printed)
        .setScale(arguments.small(1), RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static Typed remainder(List<Typed> arguments, SqlType result) {
    SqlType type =
        Decimals.remainderType(
            (Decimal) arguments.get(0).type(), (Decimal) arguments.get(1).type());
    return Template.of("CAST({0} % {1} AS {result})").fill(arguments, type);
  }

  private static void rounding(FunctionTable table) {
    for (String name : List.of("ceil", "ceiling", "floor", "round")) {
      for (String type : INTEGERS) {
        table.scalar(name + "(" + type + ") " + type, "{0}");
      }
      String duck = name.equals("ceiling") ? "ceil" : name;
      for (String type : FLOATING) {
        table.scalar(name + "(" + type + ") " + type, duck + "({0})");
      }
      table.scalar(
          name + "(decimal(p,s)) decimal(p,s)",
          (arguments, result) -> {
            Decimal type = (Decimal) arguments.get(0).type();
            int carry = Math.min(type.scale(), 1);
            Decimal whole =
                new Decimal(
                    Math.min(
                        Decimal.MAX_PRECISION,
                        Math.max(1, type.precision() - type.scale() + carry)),
                    0);
            return Template.of("CAST(" + duck + "({0}) AS {result})").fill(arguments, whole);
          });
    }
    table
        .scalar("round(tinyint, bigint) tinyint", WHOLE_ROUND)
        .scalar("round(smallint, bigint) smallint", WHOLE_ROUND)
        .scalar("round(real, bigint) real", "CAST(round({0}, CAST({1} AS INTEGER)) AS FLOAT)")
        .scalar("round(double, bigint) double", "round({0}, CAST({1} AS INTEGER))")
        .scalar("round(integer, bigint) integer", WHOLE_ROUND)
        .scalar("round(bigint, bigint) bigint", WHOLE_ROUND)
        .scalar(
            "round(decimal(p,s), bigint) decimal(p,s)",
            roundDecimal(
                table.helper(
                    "round_decimal(decimal(p,s), bigint) decimal(p,s)",
                    arguments ->
                        arguments
                            .decimal(0)
                            .setScale(
                                Math.min(
                                    arguments.decimal(0).scale(),
                                    Math.max(-39, arguments.small(1))),
                                RoundingMode.HALF_UP)
                            .setScale(arguments.decimal(0).scale()))))
        .scalar("truncate(double) double", "trunc({0})")
        .scalar("truncate(real) real", "trunc({0})")
        .java(
            "truncate(decimal(p,s), integer) decimal(p,s)",
            arguments ->
                arguments
                    .decimal(0)
                    .setScale(
                        Math.min(arguments.decimal(0).scale(), Math.max(-39, arguments.small(1))),
                        RoundingMode.DOWN)
                    .setScale(arguments.decimal(0).scale()))
        .scalar(
            "truncate(decimal(p,s)) decimal(p,s)",
            (arguments, result) -> {
              Decimal type = (Decimal) arguments.get(0).type();
              Decimal whole = new Decimal(Math.max(1, type.precision() - type.scale()), 0);
              return Template.of("CAST(trunc({0}) AS {result})").fill(arguments, whole);
            });
  }

  private static Renderer roundDecimal(JavaFunction ofAnyDigits) {
    return (arguments, result) -> {
      Decimal type = (Decimal) arguments.get(0).type();
      Decimal wider =
          new Decimal(Math.min(Decimal.MAX_PRECISION, type.precision() + 1), type.scale());
      Optional<Long> digits = arguments.get(1).number();
      if (digits.isEmpty()) {
        return ofAnyDigits.render(arguments, wider);
      }
      long kept = Math.max(-Decimal.MAX_PRECISION, Math.min(digits.get(), type.scale()));
      String sql = "round(" + Sql.cast(arguments.get(0).sql(), wider) + ", " + kept + ")";
      return Typed.of(Sql.cast(sql, wider), wider, arguments);
    };
  }

  private static void doubles(FunctionTable table) {
    for (String name :
        List.of(
            "sqrt", "exp", "ln", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan",
            "sinh", "cosh", "tanh", "degrees", "radians")) {
      table.scalar(name + "(double) double", name + "({0})");
    }
    for (String name : List.of("power", "pow")) {
      table.scalar(name + "(double, double) double", "pow({0}, {1})");
    }
    for (String name : List.of("random", "rand")) {
      table.scalar(name + "() double", "random()");
      for (String type : INTEGERS) {
        table
            .scalar(name + "(" + type + ") " + type, random("0", "{0}"))
            .scalar(name + "(" + type + ", " + type + ") " + type, random("{0}", "{1}"));
      }
    }
    table
        .scalar("log(double, double) double", "(ln({1}) / ln({0}))")
        .scalar("pi() double", "pi()")
        .scalar("e() double", "exp(CAST(1 AS DOUBLE))")
        .scalar("nan() double", "CAST('NaN' AS DOUBLE)")
        .scalar("infinity() double", "CAST('Infinity' AS DOUBLE)")
        .scalar("is_nan(double) boolean", "isnan({0})")
        .scalar("is_nan(real) boolean", "isnan({0})")
        .scalar("is_finite(double) boolean", "isfinite({0})")
        .scalar("is_infinite(double) boolean", "isinf({0})");
  }

  private static Renderer random(String from, String to) {
    return (arguments, result) ->
        Template.of(
                "CASE WHEN "
                    + to
                    + " <= "
                    + from
                    + " THEN {a} ELSE CAST("
                    + from
                    + " + floor(random() * (CAST("
                    + to
                    + " AS DOUBLE) - "
                    + from
                    + ")) AS {result}) END")
            .with(Raise.RANDOM_BOUND.sql(result))
            .fill(arguments, result);
  }

  private static void comparing(FunctionTable table) {
    for (String name : List.of("greatest", "least")) {
      table.scalar(
          name + "(E...) E",
          (arguments, result) -> {
            String unknown =
                IntStream.range(0, arguments.size())
                    .mapToObj(i -> "{" + i + "} IS NULL")
                    .collect(Collectors.joining(" OR "));
            return Template.of(
                    "CASE WHEN " + unknown + " THEN NULL ELSE " + extreme(name, arguments) + " END")
                .fill(arguments, result);
          });
    }
  }

  /** NaN is less than all for the greatest, and more than all for the least. */
  private static String extreme(String name, List<Typed> arguments) {
    SqlType type = arguments.get(0).type();
    if (name.equals("least") || !(type == Simple.DOUBLE || type == Simple.REAL)) {
      return name + "({*})";
    }
    String numbers =
        IntStream.range(0, arguments.size())
            .mapToObj(i -> "CASE WHEN NOT isnan({" + i + "}) THEN {" + i + "} END")
            .collect(Collectors.joining(", "));
    return "coalesce(greatest(" + numbers + "), {0})";
  }
}
