package io.lakesdk.query.sql.function.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type to which JSON is cast, and what the JSON becomes on the way there: values that the engine
 * turns into the type without losing anything. Described as {@code "bigint"}, {@code {"array":
 * shape}}, {@code {"map": [shape, shape]}}, {@code {"row": [[name, shape]]}}.
 */
public final class JsonShape {

  private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "integer", "bigint");
  private static final int MOST_SHAPES = 1000;

  private static final LoadingCache<String, JsonShape> SHAPES =
      CacheBuilder.newBuilder().maximumSize(MOST_SHAPES).build(CacheLoader.from(JsonShape::parse));

  private final JsonNode shape;

  private JsonShape(JsonNode shape) {
    this.shape = shape;
  }

  public static JsonShape of(String description) {
    return SHAPES.getUnchecked(description);
  }

  private static JsonShape parse(String description) {
    return new JsonShape(Objects.requireNonNull(Json.read(description)));
  }

  /** A scalar as its text, anything else as JSON; null for the JSON null. */
  public @Nullable String convert(String json) {
    JsonNode value = Json.read(json);
    JsonNode converted = value == null ? null : convert(value, shape);
    if (converted == null || converted.isNull()) {
      return null;
    }
    return converted.isValueNode() ? converted.asText() : converted.toString();
  }

  private static JsonNode convert(JsonNode value, JsonNode shape) {
    if (value.isNull()) {
      return value;
    } else if (shape.isTextual()) {
      return scalar(value, shape.asText());
    } else if (shape.has("array")) {
      return array(value, shape.get("array"));
    } else if (shape.has("map")) {
      return map(value, shape.get("map").get(1));
    }
    return row(value, shape.get("row"));
  }

  private static JsonNode array(JsonNode value, JsonNode element) {
    require(value.isArray(), "ARRAY");
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    value.forEach(one -> array.add(convert(one, element)));
    return array;
  }

  private static JsonNode map(JsonNode value, JsonNode element) {
    require(value.isObject(), "MAP");
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      map.set(entry.getKey(), convert(entry.getValue(), element));
    }
    return map;
  }

  /** From an object by the names of fields in any case, or from an array by their order. */
  private static JsonNode row(JsonNode value, JsonNode fields) {
    require(value.isObject() || (value.isArray() && value.size() == fields.size()), "ROW");
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i).get(0).asText();
      JsonNode field = value.isArray() ? value.get(i) : named(value, name);
      row.set(
          name,
          field == null
              ? JsonNodeFactory.instance.nullNode()
              : convert(field, fields.get(i).get(1)));
    }
    return row;
  }

  private static @Nullable JsonNode named(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static JsonNode scalar(JsonNode value, String type) {
    if (type.equals("json")) {
      return JsonNodeFactory.instance.textNode(Json.write(value));
    }
    require(value.isValueNode(), type);
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    try {
      if (type.equals("boolean")) {
        return nodes.booleanNode(truth(value));
      } else if (WHOLE.contains(type)) {
        return nodes.numberNode(
            number(value).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact());
      } else if (type.equals("double") || type.equals("real")) {
        return nodes.textNode(Double.toString(floating(value)));
      } else if (type.equals("decimal")) {
        return nodes.textNode(number(value).toPlainString());
      }
    } catch (NumberFormatException e) {
      throw misfit(type);
    }
    return nodes.textNode(
        value.isNumber() && !value.isIntegralNumber()
            ? scientific(value.decimalValue().doubleValue())
            : value.asText());
  }

  /** A double as a cast to varchar prints it. */
  private static String scientific(double value) {
    if (value == 0) {
      return "0E0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String text = digits.unscaledValue().toString();
    int exponent = text.length() - digits.scale() - 1;
    return (value < 0 ? "-" : "")
        + text.charAt(0)
        + "."
        + (text.length() > 1 ? text.substring(1) : "0")
        + "E"
        + exponent;
  }

  private static boolean truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean();
    } else if (value.isNumber()) {
      return value.decimalValue().signum() != 0;
    }
    return switch (value.asText().toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> throw misfit("boolean");
    };
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
  }

  private static double floating(JsonNode value) {
    return value.isBoolean() ? number(value).doubleValue() : Double.parseDouble(value.asText());
  }

  private static void require(boolean condition, String type) {
    if (!condition) {
      throw misfit(type);
    }
  }

  private static BadArgument misfit(String type) {
    return new BadArgument("Cannot cast a JSON value to " + type.toUpperCase(Locale.ROOT));
  }
}
