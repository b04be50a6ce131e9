package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 22 queries of TPC-H at scale factor 0.01 give Trino's answers in Trino's types. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchTranslationTest {

  private final Translator translator =
      new Translator(TpchTables.resolver(), "tpch", Clock.systemUTC());
  private DuckRunner duck;

  @BeforeAll
  void generate() throws SQLException {
    duck = new DuckRunner();
    TpchTables.create(duck.connection(), 0.01);
  }

  @AfterAll
  void close() throws SQLException {
    duck.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void answersAreTrinos(int number) throws IOException, SQLException {
    Translation translation = translator.translate(TpchTables.text(number, "sql"), Map.of());
    JsonNode answer = new ObjectMapper().readTree(TpchTables.text(number, "answer.json"));

    List<String> types = new ArrayList<>();
    answer.get("columns").forEach(column -> types.add(column.get(1).asText().replace(" ", "")));
    assertThat(translation.columns().stream().map(column -> column.type().toString()).toList())
        .isEqualTo(types);

    List<List<Object>> rows = duck.rows(TpchTables.runnable(translation));
    List<List<String>> expected = new ArrayList<>();
    answer.get("rows").forEach(row -> expected.add(values(row, types)));
    List<List<String>> actual = new ArrayList<>();
    rows.forEach(row -> actual.add(values(row, types)));
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> values(Iterable<?> row, List<String> types) {
    List<String> values = new ArrayList<>();
    for (Object value : row) {
      String text = value instanceof JsonNode node ? node.asText() : String.valueOf(value);
      values.add(
          types.get(values.size()).equals("double")
              ? new BigDecimal(text).setScale(6, RoundingMode.HALF_UP).toString()
              : text);
    }
    return values;
  }
}
