package io.lakesdk.query.sql.function.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lakesdk.query.sql.function.BadArgument;
import io.lakesdk.query.sql.function.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The items to which a path of JSON_VALUE and its relatives leads. Paths have members, elements and
 * wildcards: {@code lax $.a[*]."b c"[0, 2 to last]}; filters and methods are refused.
 */
public final class JsonItems {

  private static final Pattern STEP =
      Pattern.compile(
          "\\s*(?:\\.\\s*([A-Za-z_$][\\w$]*|\\*|\"(?:[^\"\\\\]|\\\\.)*\")|\\[([^\\]]+)])\\s*");
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,9}|last)(?:\\s+to\\s+(\\d{1,9}|last))?");

  private final boolean lax;

  private JsonItems(boolean lax) {
    this.lax = lax;
  }

  /**
   * What a path gives: E for an error, N for nothing, or V and the value.
   *
   * @param kind exists; value for a scalar; one, bare (without quotes), wrapped or array for JSON
   */
  public static @Nullable String find(String json, String path, String kind) {
    JsonNode root = Json.read(json);
    List<JsonNode> items = root == null ? null : items(root, path.strip());
    if (items == null) {
      return "E";
    } else if (items.isEmpty()) {
      return "N";
    }
    JsonNode first = items.get(0);
    boolean one = items.size() == 1;
    return switch (kind) {
      case "exists" -> "V";
      case "value" ->
          !one || !first.isValueNode() ? "E" : first.isNull() ? null : "V" + first.asText();
      case "array" -> "V" + array(items);
      case "wrapped" -> "V" + (one && !first.isValueNode() ? first : array(items));
      case "bare" -> one ? "V" + (first.isTextual() ? first.asText() : first.toString()) : "E";
      default -> one ? "V" + first : "E";
    };
  }

  private static JsonNode array(List<JsonNode> items) {
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }

  private static @Nullable List<JsonNode> items(JsonNode root, String path) {
    boolean strict = path.startsWith("strict");
    String steps = path.replaceFirst("^(strict|lax)\\s*", "");
    if (!steps.startsWith("$")) {
      throw unsupported();
    }
    List<JsonNode> items = List.of(root);
    Matcher step = STEP.matcher(steps);
    int end = 1;
    while (end < steps.length()) {
      if (!step.region(end, steps.length()).lookingAt()) {
        throw unsupported();
      }
      List<JsonNode> next = new JsonItems(!strict).step(items, step);
      if (next == null) {
        return null;
      }
      items = next;
      end = step.end();
    }
    return items;
  }

  private static BadArgument unsupported() {
    return new BadArgument(
        "a JSON path is wrong, or has filters or methods, which are not supported");
  }

  private @Nullable List<JsonNode> step(List<JsonNode> items, Matcher step) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : items) {
      boolean fits =
          step.group(1) != null
              ? member(item, step.group(1), found)
              : elements(item, Objects.requireNonNull(step.group(2)), found);
      if (!fits) {
        return null;
      }
    }
    return found;
  }

  private boolean member(JsonNode item, String name, List<JsonNode> found) {
    if (lax && item.isArray()) {
      item.forEach(element -> addMember(element, name, found));
      return true;
    }
    return addMember(item, name, found) || lax;
  }

  private static boolean addMember(JsonNode item, String name, List<JsonNode> found) {
    if (!item.isObject()) {
      return false;
    }
    if (name.equals("*")) {
      item.forEach(found::add);
      return true;
    }
    String plain =
        name.startsWith("\"")
            ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
            : name;
    JsonNode value = item.get(plain);
    if (value != null) {
      found.add(value);
    }
    return value != null;
  }

  private boolean elements(JsonNode item, String places, List<JsonNode> found) {
    if (!item.isArray() && !lax) {
      return false;
    }
    List<JsonNode> all = new ArrayList<>();
    if (item.isArray()) {
      item.forEach(all::add);
    } else {
      all.add(item);
    }
    if (places.strip().equals("*")) {
      found.addAll(all);
      return true;
    }
    for (String place : places.split(",", -1)) {
      Matcher range = RANGE.matcher(place.strip());
      if (!range.matches()) {
        throw unsupported();
      }
      int from = index(range.group(1), all.size());
      int to = range.group(2) == null ? from : index(range.group(2), all.size());
      if (!lax && (from > to || to >= all.size())) {
        return false;
      }
      found.addAll(
          all.subList(
              Math.min(from, all.size()),
              Math.max(Math.min(from, all.size()), Math.min(to + 1, all.size()))));
    }
    return true;
  }

  private static int index(String text, int size) {
    return text.equals("last") ? Math.max(0, size - 1) : Integer.parseInt(text);
  }
}
