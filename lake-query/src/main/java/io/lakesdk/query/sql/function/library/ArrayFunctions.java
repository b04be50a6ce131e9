package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.function.value.Combinations;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions of arrays. */
final class ArrayFunctions {

  /** From the start so many steps of months, since a month's last day is not the next one's. */
  private static final String MONTHS =
      "list_filter(list_transform(range(0, abs(date_diff('month', {0}, {1})) // abs({2}) + 1),"
          + " lambda lake_i: {0} + to_months(CAST(lake_i * {2} AS INTEGER))), lambda lake_t:"
          + " CASE WHEN {2} > 0 THEN lake_t <= {1} ELSE lake_t >= {1} END)";

  private ArrayFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    sets(table);
    parts(table);
    zips(table);
    sequences(table);
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
            "array_histogram(array(T)) map(T,bigint)",
            "CASE WHEN {0} IS NOT NULL THEN coalesce(CAST(list_aggregate({0}, 'histogram') AS"
                + " {result}), CAST(MAP {} AS {result})) END")
        .scalar("flatten(array(array(E))) array(E)", "flatten({0})")
        .scalar(
            "array_remove(array(E), E) array(E)",
            "CASE WHEN {1} IS NOT NULL THEN list_filter({0}, lambda e: e IS DISTINCT FROM {1}) END")
        // Before those of text: NULL beside a text is taken for an array.
        .scalar(
            "concat(E, array(E)) array(E)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN list_prepend({0}, {1}) END")
        .scalar(
            "concat(array(E), E) array(E)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN list_append({0}, {1}) END")
        .scalar(
            "concat(array(E), array(E)) array(E)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN list_concat({0}, {1}) END")
        .scalar("concat(array(E)...) array(E)", ArrayFunctions::concat)
        .scalar("array_join(array(T), varchar) varchar", ArrayFunctions::join)
        .scalar("array_join(array(T), varchar, varchar) varchar", ArrayFunctions::join);
  }

  /** Arrays as sets, in which NULL is a value. */
  private static void sets(FunctionTable table) {
    table
        .scalar("array_distinct(array(E)) array(E)", distinct("{0}"))
        .scalar(
            "array_intersect(array(E), array(E)) array(E)",
            distinct("list_filter({0}, lambda lake_e: " + among("{1}", "lake_e") + ")"))
        .scalar(
            "array_except(array(E), array(E)) array(E)",
            distinct(
                "list_filter({0}, lambda lake_e: {1} IS NOT NULL AND NOT "
                    + among("{1}", "lake_e")
                    + ")"))
        .scalar(
            "array_union(array(E), array(E)) array(E)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN "
                + distinct("list_concat({0}, {1})")
                + " END")
        .scalar(
            "arrays_overlap(array(E), array(E)) boolean",
            "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN list_has_any({0}, {1}) THEN true"
                + " WHEN len({0}) > 0 AND len({1}) > 0 AND len(list_filter(list_concat({0}, {1}),"
                + " lambda e: e IS NULL)) > 0 THEN NULL ELSE false END");
  }

  private static String distinct(String list) {
    return "list_transform(["
        + list
        + "], lambda lake_d: list_filter(lake_d, lambda lake_e, lake_i: len(list_filter("
        + "lake_d[1:lake_i], lambda lake_f: lake_f IS NOT DISTINCT FROM lake_e)) = 1))[1]";
  }

  private static String among(String list, String value) {
    return "len(list_filter("
        + list
        + ", lambda lake_f: lake_f IS NOT DISTINCT FROM "
        + value
        + ")) > 0";
  }

  private static void parts(FunctionTable table) {
    JavaFunction combinations =
        table.helper(
            "index_combinations(bigint, integer) array(array(bigint))",
            arguments -> Combinations.of(arguments.whole(0), arguments.whole(1)));
    table
        .scalar(
            "combinations(array(T), integer) array(array(T))",
            (arguments, result) -> combinations(combinations, arguments, result))
        .scalar(
            "slice(array(E), bigint, bigint) array(E)",
            (arguments, result) ->
                Template.of(
                        "CASE WHEN {0} IS NULL OR {1} IS NULL OR {2} IS NULL THEN NULL"
                            + " WHEN {1} = 0 THEN {a} WHEN {2} < 0 THEN {b}"
                            + " WHEN {1} < -len({0}) THEN {0}[1:0] WHEN {1} < 0 THEN"
                            + " {0}[len({0}) + {1} + 1:least(len({0}) + {1} + {2}, len({0}))]"
                            + " ELSE {0}[{1}:least({1} - 1 + {2}, len({0}))] END")
                    .with(Raise.ARRAY_INDEX_ZERO.sql(result), Raise.NEGATIVE_LENGTH.sql(result))
                    .fill(arguments, result))
        .scalar(
            "trim_array(array(E), bigint) array(E)",
            (arguments, result) ->
                Template.of(
                        "CASE WHEN {0} IS NULL THEN NULL WHEN {1} < 0 THEN {a} WHEN {1} > len({0}) THEN {b}"
                            + " ELSE {0}[1:len({0}) - {1}] END")
                    .with(Raise.NEGATIVE_SIZE.sql(result), Raise.TRIM_SIZE.sql(result))
                    .fill(arguments, result))
        .scalar(
            "repeat(T, bigint) array(T)",
            (arguments, result) ->
                Template.of(
                        "CASE WHEN {1} < 0 THEN {a} WHEN {1} > 10000 THEN {b}"
                            + " ELSE list_transform(range({1}), lambda lake_i: {0}) END")
                    .with(Raise.NEGATIVE_COUNT.sql(result), Raise.REPEAT_COUNT.sql(result))
                    .fill(arguments, result))
        .scalar(
            "ngrams(array(T), integer) array(array(T))",
            (arguments, result) ->
                Template.of(
                        "CASE WHEN {0} IS NULL THEN NULL WHEN {1} <= 0 THEN {a}"
                            + " WHEN len({0}) <= {1} THEN [{0}] ELSE list_transform(range(1,"
                            + " len({0}) - {1} + 2), lambda lake_i: {0}[lake_i:lake_i + {1} - 1])"
                            + " END")
                    .with(Raise.NGRAM_SIZE.sql(result))
                    .fill(arguments, result))
        .scalar(
            "contains_sequence(array(T), array(T)) boolean",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN len(list_filter(range(1, len({0})"
                + " - len({1}) + 2), lambda lake_i: {0}[lake_i:lake_i + len({1}) - 1] IS NOT"
                + " DISTINCT FROM {1})) > 0 END")
        .scalar(
            "shuffle(array(E)) array(E)",
            "list_transform(list_sort(list_transform({0}, lambda lake_e: struct_pack(r :="
                + " random(), v := lake_e))), lambda lake_p: lake_p.v)");
  }

  private static Typed combinations(
      JavaFunction combinations, List<Typed> arguments, SqlType result) {
    Typed array = arguments.get(0);
    Typed length = Typed.of("len(" + array.sql() + ")", SqlType.Simple.BIGINT, array);
    SqlType indexes = new SqlType.Array(new SqlType.Array(SqlType.Simple.BIGINT));
    Typed picked = combinations.render(List.of(length, arguments.get(1)), indexes);
    return Template.of(
            "list_transform({1}, lambda lake_c: list_transform(lake_c, lambda lake_i:"
                + " {0}[lake_i]))")
        .fill(List.of(array, picked), result);
  }

  private static void zips(FunctionTable table) {
    List<String> parameters = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    for (String variable : List.of("A", "B", "C", "D", "F")) {
      parameters.add("array(" + variable + ")");
      variables.add(variable);
      if (variables.size() > 1) {
        table.scalar(
            "zip("
                + String.join(", ", parameters)
                + ") array(row("
                + String.join(",", variables)
                + "))",
            ofKnown(zip(variables.size())));
      }
    }
  }

  private static String zip(int arrays) {
    List<String> lengths = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      lengths.add("len({" + i + "})");
      fields.add("field" + i + " := {" + i + "}[lake_i]");
    }
    return "list_transform(range(1, greatest("
        + String.join(", ", lengths)
        + ") + 1), lambda lake_i: struct_pack("
        + String.join(", ", fields)
        + "))";
  }

  private static void sequences(FunctionTable table) {
    String step = "CASE WHEN {0} <= {1} THEN 1 ELSE -1 END";
    String days = "to_days(CAST({2} // 86400000 AS INTEGER))";
    table
        .scalar("sequence(bigint, bigint) array(bigint)", sequence(step, series(step), "{s}"))
        .scalar(
            "sequence(bigint, bigint, bigint) array(bigint)", sequence("{2}", series("{2}"), "{s}"))
        .scalar(
            "sequence(date, date) array(date)",
            sequence(step, series("to_days(" + step + ")"), "CAST({s} AS DATE[])"))
        .scalar(
            "sequence(date, date, interval_day) array(date)",
            sequence(
                "{2}",
                series(days),
                "CASE WHEN {2} % 86400000 <> 0 THEN {d} ELSE CAST({s} AS DATE[]) END"))
        .scalar(
            "sequence(date, date, interval_year) array(date)",
            sequence("{2}", MONTHS, "CAST({s} AS DATE[])"))
        .scalar(
            "sequence(timestamp(p), timestamp(p), interval_day) array(timestamp(p))",
            sequence("{2}", series("to_milliseconds({2})"), "{s}"))
        .scalar(
            "sequence(timestamp(p), timestamp(p), interval_year) array(timestamp(p))",
            sequence("{2}", MONTHS, "{s}"));
  }

  private static Renderer sequence(String step, String list, String shape) {
    String sql =
        "CASE WHEN "
            + step
            + " = 0 THEN {a} WHEN ("
            + step
            + " > 0) <> ({0} <= {1}) AND {0} <> {1} THEN {b} ELSE list_transform(["
            + list
            + "], lambda lake_s: CASE WHEN len(lake_s) > 10000 THEN {c} ELSE "
            + shape.replace("{s}", "lake_s")
            + " END)[1] END";
    return (values, result) ->
        Template.of(sql)
            .with(
                Raise.SEQUENCE_STEP_ZERO.sql(result),
                Raise.SEQUENCE_STEP.sql(result),
                Raise.SEQUENCE_LENGTH.sql(result),
                Raise.SEQUENCE_DAYS.sql(result))
            .fill(values, result);
  }

  private static String series(String step) {
    return "generate_series({0}, {1}, " + step + ")";
  }

  /** A pattern for arguments of which none is NULL; otherwise NULL. */
  static Renderer ofKnown(String pattern) {
    return (arguments, result) -> {
      String unknown =
          IntStream.range(0, arguments.size())
              .mapToObj(i -> "{" + i + "} IS NULL")
              .collect(Collectors.joining(" OR "));
      return Template.of("CASE WHEN " + unknown + " THEN NULL ELSE " + pattern + " END")
          .fill(arguments, result);
    };
  }

  private static Renderer extreme(String function) {
    Template template =
        Template.of(
            "CASE WHEN len({0}) = len(list_filter({0}, lambda e: e IS NOT NULL)) THEN "
                + function
                + "({0}) END");
    Template numbers =
        Template.of(
            "CASE WHEN len({0}) = len(list_filter({0}, lambda e: e IS NOT NULL)) THEN"
                + " coalesce(list_max(list_filter({0}, lambda e: NOT isnan(e))), list_max({0})) END");
    return (arguments, result) -> {
      boolean floating = result == SqlType.Simple.DOUBLE || result == SqlType.Simple.REAL;
      boolean greatest = function.equals("list_max") && floating;
      return (greatest ? numbers : template).fill(arguments, result);
    };
  }

  private static Typed concat(List<Typed> arguments, SqlType result) {
    if (arguments.size() < 2) {
      throw new UnsupportedCall("There must be two or more arguments to concat");
    }
    return ofKnown("flatten([{*}])").render(arguments, result);
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
    boolean shown = parts.size() > 2;
    String list =
        shown
            ? "list_transform({0}, lambda e: coalesce(e, {2}))"
            : "list_filter({0}, lambda e: e IS NOT NULL)";
    // array_to_string takes a constant separator only.
    boolean known = parts.get(1).text().isPresent();
    return (known
            ? Template.of("array_to_string(" + list + ", {1})")
            : Template.of(
                "CASE WHEN {1} IS NULL THEN NULL WHEN len("
                    + list
                    + ") = 0 THEN '' ELSE list_reduce("
                    + list
                    + ", lambda a, b: a || {1} || b) END"))
        .fill(parts, result);
  }
}
