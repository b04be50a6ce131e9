package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/**
 * Statements with the answers of a real Trino. What runs must answer the same; what is not
 * supported yet must be refused.
 */
class AthenaCasesTest {

  /** How many were right when this was last raised. */
  private static final int AT_LEAST = 220;

  private final Translator translator =
      new Translator(
          (database, table) -> Optional.empty(),
          "default",
          Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC));

  @Test
  void answersAreTrinosOrTheStatementIsRefused() throws IOException, SQLException {
    List<String> wrong = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int right = 0;
    try (DuckRunner duck = new DuckRunner()) {
      for (JsonNode item : cases()) {
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
    if (Boolean.getBoolean("lake.report")) {
      wrong.addAll(refused);
      wrong.add("right: " + right);
    }
    assertThat(wrong).isEmpty();
    assertThat(right).isGreaterThanOrEqualTo(AT_LEAST);
  }

  private static Iterable<JsonNode> cases() throws IOException {
    try (InputStream json = AthenaCasesTest.class.getResourceAsStream("/athena/cases.json")) {
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
      return fails ? "" : "refused: " + e.getMessage();
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
      if (!base(expected).equals(base(actual))) {
        return "type " + actual + " instead of " + expected;
      }
    }
    return same(item.get("rows"), rows)
        ? ""
        : rows + " instead of " + item.get("rows") + " from " + translation.sql();
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
