package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.FunctionTable;

/**
 * Functions of arrays that take lambdas. A lambda of several parameters takes them as the fields
 * p0, p1, p2 of one.
 */
final class LambdaFunctions {

  private LambdaFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    matching(table, "any", true, true);
    matching(table, "all", false, false);
    matching(table, "none", true, false);
    return table
        .scalar("transform(array(T), function(T,U)) array(U)", "list_transform({0}, {1})")
        .scalar("filter(array(T), function(T,boolean)) array(T)", "list_filter({0}, {1})")
        .scalar(
            "reduce(array(T), S, function(S,T,S), function(S,R)) R",
            "CASE WHEN {0} IS NOT NULL THEN list_transform([list_reduce({0}, lambda lake_s, lake_x:"
                + " list_transform([struct_pack(p0 := lake_s, p1 := lake_x)], {2})[1], {1})],"
                + " {3})[1] END")
        .scalar(
            "zip_with(array(T), array(U), function(T,U,R)) array(R)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN list_transform(list_transform("
                + "range(1, greatest(len({0}), len({1})) + 1), lambda lake_i: struct_pack(p0 :="
                + " {0}[lake_i], p1 := {1}[lake_i])), {2}) END")
        .scalar(
            // Each element goes behind those that are not greater, one after the other.
            "array_sort(array(T), function(T,T,integer)) array(T)",
            "list_reduce({0}, lambda lake_s, lake_x: list_transform([struct_pack(s := lake_s, x :="
                + " lake_x, k := len(list_filter(list_transform(list_transform(lake_s, lambda"
                + " lake_e: struct_pack(p0 := lake_e, p1 := lake_x)), {1}), lambda lake_c: lake_c"
                + " <= 0)))], lambda lake_p: list_concat(lake_p.s[1:lake_p.k], [lake_p.x],"
                + " lake_p.s[lake_p.k + 1:]))[1], CAST([] AS {result}))");
  }

  /** One element decides, if it is there; otherwise a NULL leaves it open. */
  private static void matching(FunctionTable table, String name, boolean element, boolean answer) {
    table.scalar(
        name + "_match(array(T), function(T,boolean)) boolean",
        "list_transform([list_transform({0}, {1})], lambda lake_m: CASE WHEN lake_m IS NULL THEN"
            + " NULL WHEN list_contains(lake_m, "
            + element
            + ") THEN "
            + answer
            + " WHEN len(list_filter(lake_m, lambda lake_e: lake_e IS NULL)) > 0 THEN NULL ELSE "
            + !answer
            + " END)[1]");
  }
}
