package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Array;
import io.lakesdk.query.sql.type.SqlType.MapOf;
import io.lakesdk.query.sql.type.SqlType.Row;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether two values of one type are equal, or NULL where a NULL in them leaves it open. DuckDB
 * takes NULLs inside of arrays, maps and rows for equal, and the order of a map's entries for part
 * of it.
 */
public final class Equality {

  private static final String ALL =
      "CASE WHEN list_contains({l}, false) THEN false WHEN len({l}) > len(list_filter({l}, lambda"
          + " lake_q: lake_q IS NOT NULL)) THEN NULL ELSE true END";

  private Equality() {}

  /** The values are of the same type. */
  public static Typed of(Typed one, Typed other) {
    SqlType type = one.type();
    if (type instanceof Array array) {
      return combined(
          one,
          other,
          "len({0}) <> len({1})",
          "range(1, len({0}) + 1)",
          array.element(),
          "{0}[",
          "{1}[");
    } else if (type instanceof MapOf map) {
      return combined(
          one,
          other,
          "len(map_keys({0})) <> len(map_keys({1})) OR NOT list_has_all(map_keys({0}),"
              + " map_keys({1}))",
          "map_keys({0})",
          map.value(),
          "{0}[",
          "{1}[");
    } else if (type instanceof Row row) {
      return Binding.of(
          List.of(one, other), Simple.BOOLEAN, names -> fields(row, names.get(0), names.get(1)));
    }
    return Typed.of("(" + one.sql() + " = " + other.sql() + ")", Simple.BOOLEAN, one, other);
  }

  private static String fields(Row row, String one, String other) {
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      SqlType type = row.fields().get(i).type();
      String name = ", " + Sql.text(row.duckName(i)) + ")";
      Typed left = Typed.name("struct_extract(" + one + name, type);
      Typed right = Typed.name("struct_extract(" + other + name, type);
      equal.add(of(left, right).sql());
    }
    return "CASE WHEN "
        + one
        + " IS NULL OR "
        + other
        + " IS NULL THEN NULL ELSE ("
        + String.join(" AND ", equal)
        + ") END";
  }

  private static Typed combined(
      Typed one,
      Typed other,
      String different,
      String places,
      SqlType element,
      String left,
      String right) {
    return Binding.of(
        List.of(one, other),
        Simple.BOOLEAN,
        names -> {
          // The places of arrays in arrays have names of their own.
          String place = "lake_i" + names.get(0).chars().filter(c -> c == '[').count();
          String equal =
              of(
                      Typed.name(filled(left, names) + place + "]", element),
                      Typed.name(filled(right, names) + place + "]", element))
                  .sql();
          String each =
              "list_transform(" + filled(places, names) + ", lambda " + place + ": " + equal + ")";
          return "CASE WHEN "
              + filled("{0} IS NULL OR {1} IS NULL THEN NULL WHEN ", names)
              + filled(different, names)
              + " THEN false ELSE list_transform(["
              + each
              + "], lambda lake_l: "
              + ALL.replace("{l}", "lake_l")
              + ")[1] END";
        });
  }

  private static String filled(String pattern, List<String> names) {
    return pattern.replace("{0}", names.get(0)).replace("{1}", names.get(1));
  }
}
