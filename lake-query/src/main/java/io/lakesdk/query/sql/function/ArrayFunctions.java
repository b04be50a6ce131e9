package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions of arrays and maps. */
final class ArrayFunctions {

  private ArrayFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    maps(table);
    lambdas(table);
    return table
        .scalar("cardinality(array(E)) bigint", "len({0})")
        .scalar(
            "element_at(array(E), bigint) E",
            (arguments, result) ->
                Template.of("CASE WHEN {1} = 0 THEN {a} ELSE list_extract({0}, {1}) END")
                    .with(Raise.ARRAY_INDEX_ZERO.sql(result))
                    .fill(arguments, result))
        .scalar(
            "contains(array(T), T) boolean",
            "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN list_contains({0}, {1}) THEN true"
                + " WHEN len({0}) > len(list_filter({0}, lambda e: e IS NOT NULL)) THEN NULL"
                + " ELSE false END")
        .scalar(
            "array_position(array(T), T) bigint",
            "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL"
                + " ELSE CAST(coalesce(list_position({0}, {1}), 0) AS BIGINT) END")
        .scalar("array_sort(array(E)) array(E)", "list_sort({0}, 'ASC', 'NULLS LAST')")
        .scalar("array_max(array(T)) T", extreme("list_max"))
        .scalar("array_min(array(T)) T", extreme("list_min"))
        .scalar("reverse(array(E)) array(E)", "list_reverse({0})")
        .scalar(
            "array_distinct(array(E)) array(E)",
            "list_filter({0}, lambda e, i: len(list_filter({0}[1:i], lambda f: f IS NOT DISTINCT"
                + " FROM e)) = 1)")
        .scalar("flatten(array(array(E))) array(E)", "flatten({0})")
        .scalar(
            "array_remove(array(E), E) array(E)",
            "CASE WHEN {1} IS NOT NULL THEN list_filter({0}, lambda e: e IS DISTINCT FROM {1}) END")
        // Before those of text: NULL beside a text is taken for an array.
        .scalar(
            "concat(E, array(E)) array(E)",
            "CASE WHEN {1} IS NOT NULL THEN list_prepend({0}, {1}) END")
        .scalar(
            "concat(array(E), E) array(E)",
            "CASE WHEN {0} IS NOT NULL THEN list_append({0}, {1}) END")
        .scalar(
            "concat(array(E), array(E)) array(E)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN list_concat({0}, {1}) END")
        .scalar(
            "sequence(bigint, bigint) array(bigint)",
            "CASE WHEN {0} <= {1} THEN generate_series({0}, {1}) ELSE"
                + " generate_series({0}, {1}, -1) END")
        .scalar("array_join(array(T), varchar) varchar", ArrayFunctions::join)
        .scalar("array_join(array(T), varchar, varchar) varchar", ArrayFunctions::join);
  }

  private static void maps(FunctionTable table) {
    table
        .scalar("map(array(K), array(V)) map(K,V)", "map({0}, {1})")
        .scalar("cardinality(map(K,V)) bigint", "CAST(cardinality({0}) AS BIGINT)")
        .scalar("element_at(map(K,V), K) V", "{0}[{1}]")
        .scalar("map_keys(map(K,V)) array(K)", "map_keys({0})")
        .scalar("map_values(map(K,V)) array(V)", "map_values({0})");
  }

  private static void lambdas(FunctionTable table) {
    table
        .scalar("transform(array(T), function(T,U)) array(U)", "list_transform({0}, {1})")
        .scalar("filter(array(T), function(T,boolean)) array(T)", "list_filter({0}, {1})");
  }

  private static Renderer extreme(String function) {
    Template template =
        Template.of(
            "CASE WHEN len({0}) = len(list_filter({0}, lambda e: e IS NOT NULL)) THEN "
                + function
                + "({0}) END");
    return template::fill;
  }

  private static Typed join(List<Typed> arguments, SqlType result) {
    SqlType texts = new SqlType.Array(new SqlType.Varchar(Optional.empty()));
    Typed printed =
        Casts.cast(arguments.get(0), texts)
            .orElseThrow(
                () ->
                    new UnsupportedCall(
                        "array_join of " + arguments.get(0).type() + " is not supported"));
    List<Typed> parts = new ArrayList<>(arguments);
    parts.set(0, printed);
    return Template.of(
            parts.size() == 2
                ? "array_to_string({0}, {1})"
                : "array_to_string(list_transform({0}, lambda e: coalesce(e, {2})), {1})")
        .fill(parts, result);
  }
}
