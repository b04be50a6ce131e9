package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.AggregateCall;
import io.lakesdk.query.sql.function.AggregateFunction;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.value.WeightedPercentile;
import io.lakesdk.query.sql.render.Binding;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Aggregates that collect values, into arrays, maps and texts, or find some among all. */
final class CollectingFunctions {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());

  private static final String WEIGHTED =
      "lake_weighted_percentiles_array_double_array_double_array_double_boolean_";

  private CollectingFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    maps(table);
    Checksums.add(table);
    table.helper(
        "weighted_percentiles(array(double), array(double), array(double), boolean) array(double)",
        arguments ->
            WeightedPercentile.of(
                arguments.list(0), arguments.list(1), arguments.list(2), arguments.truth(3)));
    first(table);
    for (String type : List.of("bigint", "real", "double")) {
      table
          .aggregate(
              "approx_percentile(" + type + ", double) " + type,
              (call, arguments, result) ->
                  percentiles(call, arguments, result, "lake_l[{p}]", "{1}"))
          .aggregate(
              "approx_percentile(" + type + ", array(double)) array(" + type + ")",
              (call, arguments, result) ->
                  percentiles(
                      call,
                      arguments,
                      result,
                      "list_transform({1}, lambda lake_p: lake_l[{p}])",
                      "lake_p"))
          .aggregate(
              "approx_percentile(" + type + ", double, double) " + type,
              CollectingFunctions::weighted)
          .aggregate(
              "approx_percentile(" + type + ", double, array(double)) array(" + type + ")",
              CollectingFunctions::weighted);
    }
    return table
        .differs("exact: of n values the one with ⌊share · n⌋ before it", "approx_percentile")
        .differs("exact", "approx_most_frequent")
        .differs("a result of any length is given", "listagg")
        .aggregate("array_agg(T) array(T)", "list")
        .aggregate(
            "listagg(varchar, varchar) varchar",
            (call, arguments, result) ->
                Typed.of(call.of("string_agg", FunctionTable.sql(arguments)), result, arguments))
        .aggregate(
            "reduce_agg(T, S, function(S,T,S), function(S,S,S)) S",
            (call, arguments, result) -> {
              SqlType type = arguments.get(0).type();
              Typed values = known(call, arguments.get(0), arguments.get(0), type);
              Typed start =
                  Typed.of(call.of("any_value", arguments.get(1).sql()), result, arguments);
              return Template.of(
                      "list_reduce({0}, lambda lake_s, lake_x: list_transform([struct_pack(p0 :="
                          + " lake_s, p1 := lake_x)], {2})[1], {1})")
                  .fill(List.of(values, start, arguments.get(2)), result);
            });
  }

  private static void maps(FunctionTable table) {
    table
        .aggregate(
            "histogram(T) map(T,bigint)",
            (call, arguments, result) -> counted(call, arguments.get(0), result))
        .aggregate(
            "map_agg(K, V) map(K,V)",
            (call, arguments, result) ->
                Template.of(
                        "CASE WHEN len(list_distinct(list_transform({0}, lambda lake_e: lake_e.k)))"
                            + " = len({0}) THEN map(list_transform({0}, lambda lake_e: lake_e.k),"
                            + " list_transform({0}, lambda lake_e: lake_e.v)) ELSE map(list_distinct("
                            + "list_transform({0}, lambda lake_e: lake_e.k)), list_transform("
                            + "list_distinct(list_transform({0}, lambda lake_e: lake_e.k)), lambda"
                            + " lake_k: list_filter({0}, lambda lake_e: lake_e.k = lake_k)[1].v)) END")
                    .fill(List.of(entries(call, arguments)), result))
        .aggregate(
            "multimap_agg(K, V) map(K,array(V))",
            (call, arguments, result) ->
                Template.of(
                        "map(list_distinct(list_transform({0}, lambda lake_e: lake_e.k)),"
                            + " list_transform(list_distinct(list_transform({0}, lambda lake_e:"
                            + " lake_e.k)), lambda lake_k: list_transform(list_filter({0}, lambda"
                            + " lake_e: lake_e.k = lake_k), lambda lake_e: lake_e.v)))")
                    .fill(List.of(entries(call, arguments)), result))
        .aggregate(
            "map_union(map(K,V)) map(K,V)",
            (call, arguments, result) -> {
              Typed maps = known(call, arguments.get(0), arguments.get(0), result);
              return Typed.of(
                  "list_reduce("
                      + maps.sql()
                      + ", lambda lake_s, lake_x: map_concat(lake_x, lake_s))",
                  result,
                  maps);
            })
        .aggregate(
            "approx_most_frequent(bigint, bigint, bigint) map(bigint,bigint)",
            CollectingFunctions::mostFrequent)
        .aggregate(
            "approx_most_frequent(bigint, varchar, bigint) map(varchar,bigint)",
            CollectingFunctions::mostFrequent);
  }

  private static Typed counted(AggregateCall call, Typed value, SqlType result) {
    return Typed.of(Sql.cast(call.of("histogram", value.sql()), result), result, value);
  }

  private static Typed mostFrequent(AggregateCall call, List<Typed> arguments, SqlType result) {
    Typed all = counted(call, arguments.get(1), result);
    long buckets =
        arguments
            .get(0)
            .number()
            .filter(number -> number > 0)
            .orElseThrow(
                () -> new UnsupportedCall("the number of buckets must be a positive constant"));
    return Template.of(
            "map_from_entries(list_transform(list_sort(list_transform(map_entries({0}), lambda"
                + " lake_e: struct_pack(n := lake_e.value, e := lake_e)), 'DESC')[1:{a}], lambda"
                + " lake_p: lake_p.e))")
        .with(Long.toString(buckets))
        .fill(List.of(all), result);
  }

  /** The values with the greatest and smallest keys. */
  private static void first(FunctionTable table) {
    for (String name : List.of("min", "max")) {
      table
          .aggregate(name + "(E) E", name.equals("max") ? greatest() : plain(name))
          .aggregate(name + "(E, bigint) array(E)", some(name))
          .aggregate(
              name + "_by(V, K) V",
              (call, arguments, result) ->
                  Typed.of(
                      call.of(
                          "arg_" + name + "_null",
                          arguments.get(0).sql(),
                          key(name, arguments.get(1))),
                      result,
                      arguments))
          .aggregate(name + "_by(V, K, bigint) array(V)", someBy(name));
    }
  }

  private static AggregateFunction.Body plain(String function) {
    return (call, arguments, result) ->
        Typed.of(call.of(function, FunctionTable.sql(arguments)), result, arguments);
  }

  /** To the greatest NaN counts only where there is nothing else, though DuckDB sorts it last. */
  private static AggregateFunction.Body greatest() {
    return (call, arguments, result) -> {
      String value = arguments.get(0).sql();
      String greatest = call.of("max", value);
      return Typed.of(
          isFloating(result)
              ? "coalesce("
                  + call.of("max", "CASE WHEN NOT isnan(" + value + ") THEN " + value + " END")
                  + ", "
                  + greatest
                  + ")"
              : greatest,
          result,
          arguments);
    };
  }

  private static String key(String name, Typed key) {
    return name.equals("max") && isFloating(key.type())
        ? "CASE WHEN isnan(" + key.sql() + ") THEN '-Infinity' ELSE " + key.sql() + " END"
        : key.sql();
  }

  private static boolean isFloating(SqlType type) {
    return type == Simple.DOUBLE || type == Simple.REAL;
  }

  /** Values that are NULL are given too, which DuckDB would pass over. */
  private static AggregateFunction.Body someBy(String name) {
    AggregateFunction.Body some = some("arg_" + name);
    return (call, arguments, result) -> {
      Typed value = arguments.get(0);
      List<Typed> boxed = new ArrayList<>(arguments);
      boxed.set(0, Typed.of("struct_pack(v := " + value.sql() + ")", value.type(), value));
      Typed values = some.render(call, boxed, result);
      return Typed.of(
          "list_transform(" + values.sql() + ", lambda lake_b: lake_b.v)", result, values);
    };
  }

  private static AggregateFunction.Body some(String function) {
    return (call, arguments, result) -> {
      Typed count = arguments.get(arguments.size() - 1);
      if (count.number().filter(number -> number > 0 && number <= 10_000).isEmpty()) {
        throw new UnsupportedCall("the number of values must be a constant from 1 to 10000");
      }
      return Typed.of(call.of(function, FunctionTable.sql(arguments)), result, arguments);
    };
  }

  /** The keys that are not NULL, with their values, in an array; NULL if there is none. */
  private static Typed entries(AggregateCall call, List<Typed> arguments) {
    String entry =
        "struct_pack(k := " + arguments.get(0).sql() + ", v := " + arguments.get(1).sql() + ")";
    return known(call, arguments.get(0), Typed.of(entry, TEXT, arguments), TEXT);
  }

  private static Typed known(AggregateCall call, Typed key, Typed value, SqlType element) {
    List<String> conditions = new ArrayList<>(List.of(key.sql() + " IS NOT NULL"));
    call.filter().ifPresent(conditions::add);
    AggregateCall filtered =
        new AggregateCall(
            call.distinct(),
            call.order(),
            call.ignoreNulls(),
            Optional.of(String.join(" AND ", conditions)),
            call.over());
    return Typed.of(filtered.of("list", value.sql()), new SqlType.Array(element), value);
  }

  /** Of sorted values with weights, by a function in Java. */
  private static Typed weighted(AggregateCall call, List<Typed> arguments, SqlType result) {
    Typed value = arguments.get(0);
    Typed weight = arguments.get(1);
    String entry = "struct_pack(v := " + value.sql() + ", w := " + weight.sql() + ")";
    Typed both =
        Typed.of(
            "CASE WHEN " + value.sql() + " IS NOT NULL THEN " + weight.sql() + " END",
            weight.type(),
            arguments);
    Typed list = known(call, both, Typed.of(entry, TEXT, arguments), TEXT);
    Typed shares = arguments.get(2);
    if (shares.constant().isEmpty()) {
      shares = Typed.of(call.of("any_value", shares.sql()), shares.type(), shares);
    }
    boolean several = result instanceof SqlType.Array;
    String asList = several ? shares.sql() : "[" + shares.sql() + "]";
    Typed text = Typed.of("CAST(to_json(" + asList + ") AS VARCHAR)", TEXT, shares);
    SqlType all = several ? result : new SqlType.Array(result);
    String found =
        "list_transform([list_sort({0})], lambda lake_l: CASE WHEN lake_l IS NOT NULL THEN "
            + WEIGHTED
            + "(CAST(to_json(list_transform(lake_l, lambda lake_e: lake_e.v)) AS VARCHAR),"
            + " CAST(to_json(list_transform(lake_l, lambda lake_e: lake_e.w)) AS VARCHAR),"
            + " {1}, {a}) END)[1]";
    String numbers = Sql.cast("from_json(" + found + ", '[\"DOUBLE\"]')", all);
    Template whole =
        Template.of(several ? numbers : numbers + "[1]")
            .with(Boolean.toString(value.type() == Simple.BIGINT));
    return Binding.of(
        List.of(list, text),
        result,
        names ->
            whole
                .fill(
                    List.of(Typed.name(names.get(0), TEXT), Typed.name(names.get(1), TEXT)), result)
                .sql());
  }

  /** Of n values the one with ⌊share · n⌋ before it. */
  private static Typed percentiles(
      AggregateCall call, List<Typed> arguments, SqlType result, String pattern, String share) {
    Typed value = arguments.get(0);
    Typed list = known(call, value, value, value.type());
    String position =
        "CASE WHEN "
            + share
            + " < 0 OR "
            + share
            + " > 1 THEN "
            + Raise.PERCENTILE.sql(Simple.BIGINT)
            + " ELSE least(CAST(floor("
            + share
            + " * len(lake_l)) AS BIGINT) + 1, len(lake_l)) END";
    Typed shares = arguments.get(1);
    if (shares.constant().isEmpty()) {
      shares = Typed.of(call.of("any_value", shares.sql()), shares.type(), shares);
    }
    return Template.of(
            "list_transform([list_sort({0})], lambda lake_l: CASE WHEN lake_l IS NOT NULL THEN "
                + pattern.replace("{p}", position)
                + " END)[1]")
        .fill(List.of(list, shares), result);
  }
}
