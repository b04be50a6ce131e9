package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Casts from and to JSON. */
public final class JsonCasts {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());

  private JsonCasts() {}

  static Optional<Typed> fromJson(Typed value, SqlType type) {
    Optional<String> shape = shape(type);
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    String sql =
        "lake_json_to_varchar_varchar_(" + value.sql() + ", " + Sql.text(shape.get()) + ")";
    Typed text = Typed.of(sql, TEXT, value);
    if (type instanceof SqlType.Varchar varchar) {
      return Optional.of(
          varchar
              .length()
              .map(length -> TextCasts.fitting(text, type, length))
              .orElseGet(() -> text.as(type)));
    }
    boolean nested = shape.get().startsWith("{");
    String structure = '"' + type.duckType().replace("\"", "\\\"") + '"';
    return Optional.of(
        Typed.of(
            nested
                ? "json_transform_strict(" + sql + ", " + Sql.text(structure) + ")"
                : Sql.cast(sql, type),
            type,
            value));
  }

  /** The type as the function in Java reads it, if JSON can be cast to it. */
  private static Optional<String> shape(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return shape(array.element()).map(element -> "{\"array\":" + element + "}");
    } else if (type instanceof SqlType.MapOf map) {
      return shape(map.key())
          .flatMap(key -> shape(map.value()).map(value -> "{\"map\":[" + key + "," + value + "]}"));
    } else if (type instanceof SqlType.Row row) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < row.fields().size(); i++) {
        String name = row.duckName(i).replace("\\", "\\\\").replace("\"", "\\\"");
        shape(row.fields().get(i).type())
            .ifPresent(field -> fields.add("[\"" + name + "\"," + field + "]"));
      }
      return fields.size() == row.fields().size()
          ? Optional.of("{\"row\":[" + String.join(",", fields) + "]}")
          : Optional.empty();
    } else if (type instanceof Decimal) {
      return Optional.of("\"decimal\"");
    } else if (type instanceof SqlType.Varchar) {
      return Optional.of("\"varchar\"");
    }
    boolean known = type == Simple.BOOLEAN || type == Simple.JSON || Coercions.isNumeric(type);
    return known ? Optional.of("\"" + type + "\"") : Optional.empty();
  }

  /** The value as a text that is JSON; NULL stays NULL. */
  public static Optional<Typed> toJson(Typed value) {
    SqlType type = value.type();
    String sql = value.sql();
    if (type == Simple.JSON) {
      return Optional.of(value);
    } else if (type instanceof SqlType.Varchar) {
      return json("CAST(to_json(" + sql + ") AS VARCHAR)", value);
    } else if (type == Simple.DOUBLE) {
      return json("lake_json_number_double_(" + sql + ")", value);
    } else if (type == Simple.REAL) {
      return json("lake_json_number_real_(" + sql + ")", value);
    } else if (type == Simple.BOOLEAN || type instanceof Decimal || Coercions.isInteger(type)) {
      return Casts.cast(value, TEXT).flatMap(text -> json(text.sql(), value));
    } else if (type == Simple.DATE || type instanceof SqlType.Timestamp) {
      return Casts.cast(value, TEXT)
          .flatMap(text -> json("'\"' || " + text.sql() + " || '\"'", value));
    } else if (type instanceof SqlType.Array array) {
      return elements(value, array);
    } else if (type instanceof SqlType.MapOf map) {
      return entries(value, map);
    } else if (type instanceof SqlType.Row row) {
      return fields(value, row);
    }
    return type == Simple.UNKNOWN ? json("CAST(NULL AS VARCHAR)", value) : Optional.empty();
  }

  private static Optional<Typed> json(String sql, Typed value) {
    return Optional.of(Typed.of("(" + sql + ")", Simple.JSON, value));
  }

  private static Optional<Typed> elements(Typed value, SqlType.Array array) {
    String variable = Casts.variable(value);
    return toJson(Typed.name(variable, array.element()))
        .flatMap(
            element -> json("'[' || " + joined(value.sql(), variable, element) + " || ']'", value));
  }

  private static String joined(String list, String variable, Typed element) {
    return "array_to_string(list_transform("
        + list
        + ", lambda "
        + variable
        + ": coalesce("
        + element.sql()
        + ", 'null')), ',')";
  }

  private static Optional<Typed> entries(Typed value, SqlType.MapOf map) {
    String variable = Casts.variable(value);
    Typed key = Typed.name(variable + ".key", map.key());
    boolean named =
        map.key() instanceof SqlType.Varchar
            || map.key() == Simple.BOOLEAN
            || map.key() == Simple.UNKNOWN
            || Coercions.isNumeric(map.key());
    boolean floating = map.key() == Simple.DOUBLE || map.key() == Simple.REAL;
    Optional<Typed> name =
        named ? (floating ? toJson(key) : Casts.cast(key, TEXT)) : Optional.empty();
    Optional<Typed> one = toJson(Typed.name(variable + ".value", map.value()));
    return name.flatMap(
        text ->
            one.flatMap(
                element ->
                    json(
                        "'{' || "
                            + joined(
                                "list_sort(map_entries(" + value.sql() + "))",
                                variable,
                                Typed.of(
                                    "CAST(to_json("
                                        + text.sql()
                                        + ") AS VARCHAR) || ':' || coalesce("
                                        + element.sql()
                                        + ", 'null')",
                                    TEXT))
                            + " || '}'",
                        value)));
  }

  private static Optional<Typed> fields(Typed value, SqlType.Row row) {
    List<Boolean> known = new ArrayList<>();
    Typed all =
        Binding.of(
            List.of(value),
            Simple.JSON,
            names -> {
              List<String> fields = new ArrayList<>();
              for (int i = 0; i < row.fields().size(); i++) {
                String sql =
                    "struct_extract(" + names.get(0) + ", " + Sql.text(row.duckName(i)) + ")";
                Optional<Typed> field = toJson(Typed.of(sql, row.fields().get(i).type()));
                known.add(field.isPresent());
                String name =
                    "\"" + row.fields().get(i).name().orElse("").replace("\"", "\\\"") + "\":";
                fields.add(
                    Sql.text(name)
                        + " || coalesce("
                        + field.map(Typed::sql).orElse("")
                        + ", 'null')");
              }
              return "CASE WHEN "
                  + names.get(0)
                  + " IS NOT NULL THEN '{' || "
                  + String.join(" || ',' || ", fields)
                  + " || '}' END";
            });
    return !known.contains(false) ? Optional.of(all) : Optional.empty();
  }
}
