package io.lakesdk.query.sql.function.library;

import static io.lakesdk.query.sql.function.FunctionTable.sql;

import io.lakesdk.query.sql.function.AggregateCall;
import io.lakesdk.query.sql.function.AggregateFunction;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.render.Decimals;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.List;

/** Functions over groups of rows and over windows. */
final class AggregateFunctions {

  private AggregateFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    sums(table);
    windows(table);
    for (String name :
        List.of("stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop")) {
      table.aggregate(name + "(double) double", name);
    }
    for (String name : List.of("corr", "regr_slope", "regr_intercept")) {
      table
          .aggregate(name + "(double, double) double", defined(name))
          .aggregate(name + "(real, real) real", defined(name));
    }
    for (String name : List.of("covar_pop", "covar_samp")) {
      table
          .aggregate(name + "(double, double) double", name)
          .aggregate(name + "(real, real) real", casting(name));
    }
    return table
        .differs("exact", "approx_distinct")
        .aggregate(
            "count() bigint",
            (call, arguments, result) -> Typed.of(call.of("count", "*"), result, arguments))
        .aggregate("count(T) bigint", "count")
        .aggregate(
            "count_if(boolean) bigint",
            (call, arguments, result) ->
                Typed.of(
                    call.of("count", "CASE WHEN " + arguments.get(0).sql() + " THEN 1 END"),
                    result,
                    arguments))
        .aggregate("bool_and(boolean) boolean", "bool_and")
        .aggregate("every(boolean) boolean", "bool_and")
        .aggregate("bool_or(boolean) boolean", "bool_or")
        .aggregate("arbitrary(T) T", "any_value")
        .aggregate("any_value(T) T", "any_value")
        .aggregate("approx_distinct(T) bigint", AggregateFunctions::distinct)
        .aggregate(
            "approx_distinct(T, double) bigint",
            (call, arguments, result) -> distinct(call, arguments.subList(0, 1), result))
        .aggregate("bitwise_and_agg(bigint) bigint", "bit_and")
        .aggregate("bitwise_or_agg(bigint) bigint", "bit_or")
        .aggregate("bitwise_xor_agg(bigint) bigint", "bit_xor")
        .aggregate("kurtosis(double) double", "kurtosis")
        .aggregate(
            // DuckDB corrects the bias of a sample, and Trino does not.
            "skewness(double) double",
            (call, arguments, result) -> {
              Typed skewness = Typed.of(call.of("skewness", sql(arguments)), result, arguments);
              Typed count =
                  Typed.of(call.of("count", sql(arguments)), SqlType.Simple.BIGINT, arguments);
              return Template.of("{0} * ({1} - 2) / sqrt({1} * ({1} - 1))")
                  .fill(List.of(skewness, count), result);
            })
        .aggregate("geometric_mean(bigint) double", AggregateFunctions::geometricMean)
        .aggregate("geometric_mean(double) double", AggregateFunctions::geometricMean)
        .aggregate("geometric_mean(real) real", AggregateFunctions::geometricMean);
  }

  private static Typed geometricMean(AggregateCall call, List<Typed> arguments, SqlType result) {
    String mean = "exp(" + call.of("avg", "ln(" + arguments.get(0).sql() + ")") + ")";
    return Typed.of(Sql.cast(mean, result), result, arguments);
  }

  private static void sums(FunctionTable table) {
    table
        .aggregate("sum(bigint) bigint", casting("sum"))
        .aggregate("sum(interval_day) interval_day", casting("sum"))
        .aggregate("sum(interval_year) interval_year", casting("sum"))
        .aggregate("avg(interval_day) interval_day", averageInterval())
        .aggregate("avg(interval_year) interval_year", averageInterval())
        .aggregate("sum(double) double", "sum")
        .aggregate("sum(real) real", casting("sum"))
        .aggregate(
            "sum(decimal(p,s)) decimal(p,s)",
            (call, arguments, result) ->
                Typed.of(
                    call.of("sum", Decimals.cheapest(arguments.get(0)).sql()),
                    new Decimal(Decimal.MAX_PRECISION, ((Decimal) arguments.get(0).type()).scale()),
                    arguments))
        .aggregate("avg(bigint) double", "avg")
        .aggregate("avg(double) double", "avg")
        .aggregate("avg(real) real", casting("avg"))
        .aggregate(
            "avg(decimal(p,s)) decimal(p,s)",
            (call, arguments, result) -> {
              Decimal type = (Decimal) arguments.get(0).type();
              SqlType wide = new Decimal(Decimal.MAX_PRECISION, type.scale());
              Typed sum =
                  Typed.of(
                      call.of("sum", Decimals.cheapest(arguments.get(0)).sql()), wide, arguments);
              Typed count = Typed.of(call.of("count", sql(arguments)), Simple.BIGINT, arguments);
              return Decimals.mean(sum, count, type);
            });
  }

  private static AggregateFunction.Body shifted(String name) {
    return (call, arguments, result) -> {
      if (arguments.get(1).number().filter(offset -> offset < 0).isPresent()) {
        throw new UnsupportedCall("Offset must be at least 0");
      }
      return Typed.of(call.of(name, sql(arguments)), result, arguments);
    };
  }

  private static void windows(FunctionTable table) {
    for (String name : List.of("row_number", "rank", "dense_rank")) {
      table.window(name + "() bigint", name);
    }
    for (String name : List.of("percent_rank", "cume_dist")) {
      table.window(name + "() double", name);
    }
    table
        .window("ntile(bigint) bigint", "ntile")
        .window("first_value(T) T", "first_value")
        .window("last_value(T) T", "last_value")
        .window(
            "nth_value(T, bigint) T",
            (call, arguments, result) -> {
              if (arguments.get(1).number().filter(offset -> offset < 1).isPresent()) {
                throw new UnsupportedCall("Offset must be at least 1");
              }
              return Typed.of(call.of("nth_value", sql(arguments)), result, arguments);
            });
    for (String name : List.of("lag", "lead")) {
      table
          .window(name + "(T) T", name)
          .window(name + "(T, bigint) T", shifted(name))
          .window(name + "(T, bigint, T) T", shifted(name));
    }
  }

  private static Typed distinct(AggregateCall call, List<Typed> arguments, SqlType result) {
    AggregateCall once =
        new AggregateCall(true, call.order(), call.ignoreNulls(), call.filter(), call.over());
    return Typed.of(once.of("count", sql(arguments)), result, arguments);
  }

  /** To the nearest unit, halves to the later one. */
  private static AggregateFunction.Body averageInterval() {
    return (call, arguments, result) ->
        Typed.of(
            Sql.cast("floor(" + call.of("avg", sql(arguments)) + " + 0.5)", result),
            result,
            arguments);
  }

  /** What the values have in common; NULL where that is no number. */
  private static AggregateFunction.Body defined(String name) {
    return (call, arguments, result) ->
        Template.of("CASE WHEN NOT isnan({0}) THEN CAST({0} AS {result}) END")
            .fill(List.of(Typed.of(call.of(name, sql(arguments)), result, arguments)), result);
  }

  private static AggregateFunction.Body casting(String name) {
    return (call, arguments, result) ->
        Typed.of(Sql.cast(call.of(name, sql(arguments)), result), result, arguments);
  }
}
