package io.lakesdk.query.sql.function.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.lakesdk.query.sql.function.Arguments;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.FunctionTable;
import io.lakesdk.query.sql.function.JavaFunction;
import io.lakesdk.query.sql.function.Json;
import io.lakesdk.query.sql.function.value.JsonItems;
import io.lakesdk.query.sql.function.value.JsonPath;
import io.lakesdk.query.sql.function.value.JsonShape;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Functions of JSON, which is text; what is no JSON gives NULL, but for {@code json_parse}. */
final class JsonFunctions {

  private static final int MOST_PATHS = 1000;

  private static final LoadingCache<String, JsonPath> PATHS =
      CacheBuilder.newBuilder().maximumSize(MOST_PATHS).build(CacheLoader.from(JsonPath::parse));

  private JsonFunctions() {}

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    for (String type : List.of("json", "varchar(x)")) {
      ofPaths(table, type);
      ofArrays(table, type);
      table.java(
          "is_json_scalar(" + type + ") boolean",
          arguments -> {
            JsonNode node = Json.read(arguments.text(0));
            if (node == null) {
              throw new BadArgument("Invalid JSON value");
            }
            return node.isValueNode();
          });
    }
    table.helper(
        "json_to(varchar, varchar) varchar",
        arguments -> JsonShape.of(arguments.text(1)).convert(arguments.text(0)));
    table.helper(
        "json_number(double) varchar",
        arguments -> {
          double value = arguments.number(0);
          return Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"";
        });
    table.helper(
        "json_number(real) varchar",
        arguments -> {
          float value = (float) arguments.number(0);
          return Float.isFinite(value) ? Float.toString(value) : "\"" + value + "\"";
        });
    JavaFunction path =
        table.helper(
            "json_path(varchar, varchar, varchar) varchar",
            arguments -> JsonItems.find(arguments.text(0), arguments.text(1), arguments.text(2)));
    return table
        // Written JSON_VALUE, JSON_QUERY and JSON_EXISTS.
        .scalar("$json_path(varchar, varchar, varchar) varchar", path)
        .scalar("json_format(json) varchar", "{0}")
        .java(
            "json_parse(varchar(x)) json",
            arguments -> {
              JsonNode node = Json.read(arguments.text(0));
              if (node == null) {
                throw new BadArgument("Cannot convert value to JSON");
              }
              return Json.write(node);
            });
  }

  private static void ofPaths(FunctionTable table, String type) {
    table
        .java(
            "json_extract(" + type + ", varchar) json",
            arguments -> {
              JsonNode found = found(arguments);
              return found == null ? null : Json.write(found);
            })
        .java(
            "json_extract_scalar("
                + type
                + ", varchar) "
                + (type.equals("json") ? "varchar" : type),
            arguments -> {
              JsonNode found = found(arguments);
              return found == null || !found.isValueNode() || found.isNull()
                  ? null
                  : found.asText();
            })
        .java(
            "json_size(" + type + ", varchar) bigint",
            arguments -> {
              JsonNode found = found(arguments);
              return found == null ? null : (Long) (long) found.size();
            });
  }

  private static void ofArrays(FunctionTable table, String type) {
    table
        .java(
            "json_array_length(" + type + ") bigint",
            arguments -> {
              JsonNode array = array(arguments);
              return array == null ? null : (Long) (long) array.size();
            })
        .java(
            "json_array_get(" + type + ", bigint) json",
            arguments -> {
              JsonNode array = array(arguments);
              if (array == null) {
                return null;
              }
              long index = arguments.whole(1);
              JsonNode element = array.get((int) (index < 0 ? array.size() + index : index));
              if (element == null || element.isNull()) {
                return null;
              }
              // Text comes without quotes, which is no JSON, but what Trino gives.
              return element.isTextual() ? element.asText() : Json.write(element);
            })
        .java(
            "json_array_contains(" + type + ", boolean) boolean",
            arguments ->
                contains(arguments, e -> e.isBoolean() && e.asBoolean() == arguments.truth(1)))
        .java(
            "json_array_contains(" + type + ", bigint) boolean",
            arguments ->
                contains(
                    arguments,
                    e ->
                        e.canConvertToLong()
                            && e.isIntegralNumber()
                            && e.asLong() == arguments.whole(1)))
        .java(
            "json_array_contains(" + type + ", double) boolean",
            arguments ->
                !Double.isFinite(arguments.number(1))
                    ? (Boolean) false
                    : contains(
                        arguments,
                        e ->
                            e.isNumber()
                                && !e.isIntegralNumber()
                                && e.asDouble() == arguments.number(1)))
        .java(
            "json_array_contains(" + type + ", varchar(y)) boolean",
            arguments ->
                contains(arguments, e -> e.isTextual() && e.asText().equals(arguments.text(1))));
  }

  private static @Nullable JsonNode found(Arguments arguments) {
    JsonPath path;
    try {
      path = PATHS.getUnchecked(arguments.text(1));
    } catch (UncheckedExecutionException e) {
      throw new BadArgument("Invalid JSON path");
    }
    return path.find(Json.read(arguments.text(0)));
  }

  private static @Nullable JsonNode array(Arguments arguments) {
    JsonNode node = Json.read(arguments.text(0));
    return node == null || !node.isArray() ? null : node;
  }

  private static @Nullable Boolean contains(Arguments arguments, Predicate<JsonNode> wanted) {
    JsonNode array = array(arguments);
    if (array == null) {
      return null;
    }
    for (JsonNode element : array) {
      if (wanted.test(element)) {
        return true;
      }
    }
    return false;
  }
}
