package io.lakesdk.query.sql.function.library;

import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.Renderer;
import io.lakesdk.query.sql.render.UnsupportedCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions of maps. A lambda of several parameters takes them as the fields p0, p1, p2. */
final class MapFunctions {

  /** The entries of the map {0} as a lambda takes them. */
  private static final String ENTRIES =
      "list_transform(map_entries({0}), lambda lake_e: struct_pack(p0 := lake_e.key, p1 :="
          + " lake_e.value))";

  /** The keys of rows with key and value, each once, with the values of each. */
  private static final String GROUPED =
      "map(list_distinct(list_transform({0}, lambda lake_e: lake_e.field0)), list_transform("
          + "list_distinct(list_transform({0}, lambda lake_e: lake_e.field0)), lambda lake_k:"
          + " list_transform(list_filter({0}, lambda lake_e: lake_e.field0 = lake_k),"
          + " lambda lake_e: lake_e.field1)))";

  private MapFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    splitting(table);
    return table
        .scalar("map() map(unknown,unknown)", "CAST(MAP {} AS {result})")
        .scalar("map(array(K), array(V)) map(K,V)", "map({0}, {1})")
        .scalar("cardinality(map(K,V)) bigint", "CAST(cardinality({0}) AS BIGINT)")
        .scalar("element_at(map(K,V), K) V", "{0}[{1}]")
        .scalar("map_keys(map(K,V)) array(K)", "map_keys({0})")
        .scalar("map_values(map(K,V)) array(V)", "map_values({0})")
        .scalar("map_concat(map(K,V)...) map(K,V)", concatenated())
        .scalar(
            "map_entries(map(K,V)) array(row(K,V))",
            "list_transform(map_entries({0}), lambda lake_e: struct_pack(field0 := lake_e.key,"
                + " field1 := lake_e.value))")
        .scalar("map_from_entries(array(row(K,V))) map(K,V)", "map_from_entries({0})")
        .scalar(
            "multimap_from_entries(array(row(K,V))) map(K,array(V))",
            "CASE WHEN {0} IS NOT NULL THEN " + GROUPED + " END")
        .scalar(
            "map_filter(map(K,V), function(K,V,boolean)) map(K,V)",
            "CASE WHEN {0} IS NOT NULL THEN map_from_entries(list_filter("
                + ENTRIES
                + ", {1})) END")
        .scalar(
            "transform_values(map(K,V), function(K,V,W)) map(K,W)",
            "CASE WHEN {0} IS NOT NULL THEN map(map_keys({0}), list_transform("
                + ENTRIES
                + ", {1})) END")
        .scalar(
            "transform_keys(map(K,V), function(K,V,W)) map(W,V)",
            "CASE WHEN {0} IS NOT NULL THEN map(list_transform("
                + ENTRIES
                + ", {1}), map_values({0})) END")
        .scalar(
            "map_zip_with(map(K,V), map(K,W), function(K,V,W,X)) map(K,X)",
            "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN map(list_distinct(list_concat("
                + "map_keys({0}), map_keys({1}))), list_transform(list_transform(list_distinct("
                + "list_concat(map_keys({0}), map_keys({1}))), lambda lake_k: struct_pack(p0 :="
                + " lake_k, p1 := {0}[lake_k], p2 := {1}[lake_k])), {2})) END");
  }

  private static Renderer concatenated() {
    Renderer several = ArrayFunctions.ofKnown("map_concat({*})");
    return (arguments, result) -> {
      if (arguments.size() < 2) {
        throw new UnsupportedCall(
            "There must be two or more concatenation arguments to map_concat");
      }
      return several.render(arguments, result);
    };
  }

  private static void splitting(FunctionTable table) {
    table
        .java(
            "split_to_map(varchar, varchar, varchar) map(varchar,varchar)",
            arguments -> {
              Map<String, String> map = new LinkedHashMap<>();
              Entries.split(
                  arguments,
                  (key, value) -> {
                    if (map.put(key, value) != null) {
                      throw new BadArgument("Duplicate keys are not allowed");
                    }
                  });
              return map;
            })
        .java(
            "split_to_multimap(varchar, varchar, varchar) map(varchar,array(varchar))",
            arguments -> {
              Map<String, List<String>> map = new LinkedHashMap<>();
              Entries.split(
                  arguments,
                  (key, value) -> map.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
              return map;
            });
  }

  /** A text of entries with keys and values. */
  private interface Entries {

    void add(String key, String value);

    static void split(Arguments arguments, Entries entries) {
      String between = arguments.text(1);
      String inside = arguments.text(2);
      if (between.isEmpty() || inside.isEmpty()) {
        throw new BadArgument(
            (between.isEmpty() ? "entryDelimiter" : "keyValueDelimiter") + " is empty");
      }
      if (between.equals(inside)) {
        throw new BadArgument("entryDelimiter and keyValueDelimiter must not be the same");
      }
      String text = arguments.text(0);
      for (int start = 0; start < text.length(); ) {
        int found = text.indexOf(between, start);
        int end = found < 0 ? text.length() : found;
        String entry = text.substring(start, end);
        int key = entry.indexOf(inside);
        if (key < 0 || entry.indexOf(inside, key + inside.length()) >= 0) {
          throw new BadArgument("Key-value delimiter must appear exactly once in each entry");
        }
        entries.add(entry.substring(0, key), entry.substring(key + inside.length()));
        start = found < 0 ? text.length() : end + between.length();
      }
    }
  }
}
