package io.lakesdk.query.sql.function.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.query.sql.function.BadArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of {@code json_extract}: {@code $.store.book[0]["title"]}. A number names an element of an
 * array, or a field of an object.
 */
public final class JsonPath {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([^.\\[\\]\"*]+)|\\[(\\d+)]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\['([^']*)']|\\[([^\\]\"'*]+)]"
              + "|\\.\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<String> steps;

  private JsonPath(List<String> steps) {
    this.steps = steps;
  }

  public static JsonPath parse(String text) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int end = text.startsWith("$") ? 1 : -1;
    while (end >= 0 && end < text.length()) {
      if (!step.region(end, text.length()).lookingAt()) {
        end = -1;
        break;
      }
      for (int group = 1; group <= step.groupCount(); group++) {
        if (step.group(group) != null) {
          steps.add(step.group(group).replaceAll("\\\\(.)", "$1"));
        }
      }
      end = step.end();
    }
    if (end < 0) {
      throw new BadArgument("Invalid JSON path");
    }
    return new JsonPath(steps);
  }

  /** The part that the path leads to, or null. */
  public @Nullable JsonNode find(@Nullable JsonNode root) {
    JsonNode node = root;
    for (String step : steps) {
      if (node == null) {
        return null;
      }
      if (node.isArray()) {
        node = step.matches("\\d{1,9}") ? node.get(Integer.parseInt(step)) : null;
      } else {
        node = node.get(step);
      }
    }
    return node;
  }
}
