package io.lakesdk.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queries of TPC-H, asked of a lake that holds its tables as Parquet, give Trino's answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchLakeTest {

  private Lake lake;

  @BeforeAll
  void landTables(@TempDir Path folder) throws SQLException, IOException {
    lake = Lake.inMemory();
    try (DuckRunner duck = new DuckRunner()) {
      TpchTables.create(duck.connection(), 0.01);
      for (SourceTable table : TpchTables.all()) {
        Path file = folder.resolve(table.name() + ".parquet");
        duck.execute("COPY " + table.name() + " TO '" + file + "' (FORMAT parquet)");
        Dataset.Builder dataset = Dataset.named("tpch." + table.name()).in(Zone.CURATED);
        table.columns().forEach(column -> dataset.column(column.name(), column.type()));
        Content.land(lake, dataset.build(), table.name() + ".parquet", Files.readAllBytes(file));
      }
    }
  }

  @AfterAll
  void close() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void answersAreTrinos(int number) throws IOException {
    JsonNode answer = new ObjectMapper().readTree(TpchTables.text(number, "answer.json"));
    List<String> types = new ArrayList<>();
    answer.get("columns").forEach(column -> types.add(column.get(1).asText().replace(" ", "")));
    List<List<String>> expected = new ArrayList<>();
    answer.get("rows").forEach(row -> expected.add(texts(row, types)));

    Query query = Query.sql(TpchTables.text(number, "sql")).in("tpch");
    try (Rows rows = QueryEngine.of(lake).run(query)) {
      assertThat(rows.asLists().map(row -> texts(row, types)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> texts(Iterable<?> row, List<String> types) {
    List<String> texts = new ArrayList<>();
    for (Object value : row) {
      String text = value instanceof JsonNode node ? node.asText() : String.valueOf(value);
      texts.add(
          types.get(texts.size()).equals("double")
              ? new BigDecimal(text).setScale(6, RoundingMode.HALF_UP).toString()
              : text);
    }
    return texts;
  }
}
