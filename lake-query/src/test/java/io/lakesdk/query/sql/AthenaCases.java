package io.lakesdk.query.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.error.InvalidDefinitionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements with the answers of a real Trino, and what the embedded engine makes of them. */
final class AthenaCases {

  private final Translator translator =
      new Translator(
          (database, table) -> Optional.empty(),
          "default",
          Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC));

  private final boolean exact;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private int right;

  /**
   * Cases.
   *
   * @param exact whether types must be the same with their lengths, and rows may come in any order
   */
  AthenaCases(boolean exact) {
    this.exact = exact;
  }

  /** Runs all of a resource. */
  AthenaCases run(String resource) throws IOException, SQLException {
    try (DuckRunner duck = new DuckRunner()) {
      for (JsonNode item : cases(resource)) {
        String result = outcome(duck, item);
        if (result.isEmpty()) {
          right++;
        } else if (result.startsWith("refused")) {
          refused.add(item.get("name").asText() + " " + result);
        } else {
          wrong.add(item.get("name").asText() + ": " + result);
        }
      }
    }
    return this;
  }

  /** With what went wrong, of each case. */
  List<String> wrong() {
    return wrong;
  }

  /** Those that are refused, though Trino answers. */
  List<String> refused() {
    return refused;
  }

  int right() {
    return right;
  }

  private static Iterable<JsonNode> cases(String resource) throws IOException {
    try (InputStream json = AthenaCases.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(json);
    }
  }

  /** Empty where the answer is right. */
  private String outcome(DuckRunner duck, JsonNode item) {
    boolean fails = item.has("error");
    Translation translation;
    try {
      translation = translator.translate(item.get("sql").asText(), Map.of());
    } catch (InvalidDefinitionException e) {
      String words = "Cannot run query: " + item.path("error").asText();
      return !fails
          ? "refused: " + e.getMessage()
          : item.has("words") && !words.equals(e.getMessage())
              ? "refused as " + e.getMessage() + " instead of " + words
              : "";
    }
    List<List<Object>> rows;
    try {
      rows = duck.rows(translation);
    } catch (SQLException e) {
      return fails ? "" : "failed: " + e.getMessage() + " in " + translation.sql();
    } catch (IllegalStateException e) {
      return e.getMessage() + " in " + translation.sql();
    }
    if (fails) {
      return "should fail, but gives " + rows;
    }
    for (int i = 0; i < translation.columns().size(); i++) {
      String expected = item.get("columns").get(i).get(1).asText();
      String actual = translation.columns().get(i).type().toString();
      if (exact ? !expected.equals(actual) : !base(expected).equals(base(actual))) {
        return "type " + actual + " instead of " + expected;
      }
    }
    return (exact ? sameInAnyOrder(item.get("rows"), rows) : same(item.get("rows"), rows))
        ? ""
        : rows + " instead of " + item.get("rows") + " from " + translation.sql();
  }

  private static boolean sameInAnyOrder(JsonNode expected, List<List<Object>> rows) {
    List<List<Object>> left = new ArrayList<>(rows);
    for (JsonNode row : expected) {
      Optional<List<Object>> found = left.stream().filter(one -> same(row, one)).findFirst();
      if (found.isEmpty()) {
        return false;
      }
      left.remove(found.get());
    }
    return left.isEmpty();
  }

  private static String base(String type) {
    return type.replace(" ", "")
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("(varchar|timestamp)\\(\\d+\\)", "$1");
  }

  private static boolean same(JsonNode expected, Object actual) {
    if (expected.isNull() || actual == null) {
      return expected.isNull() && actual == null;
    } else if (expected.isArray()) {
      if (!(actual instanceof List<?> list) || list.size() != expected.size()) {
        return false;
      }
      for (int i = 0; i < list.size(); i++) {
        if (!same(expected.get(i), list.get(i))) {
          return false;
        }
      }
      return true;
    } else if (expected.isObject()) {
      if (!(actual instanceof Map<?, ?> map) || map.size() != expected.size()) {
        return false;
      }
      return map.entrySet().stream()
          .allMatch(
              entry ->
                  expected.has(entry.getKey().toString())
                      && same(expected.get(entry.getKey().toString()), entry.getValue()));
    } else if (expected.isNumber() && isNumber(actual)) {
      return rounded(expected.asText()).compareTo(rounded(actual.toString())) == 0;
    }
    return expected.asText().equals(actual.toString());
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static BigDecimal rounded(String number) {
    return new BigDecimal(number).setScale(9, RoundingMode.HALF_UP);
  }
}
