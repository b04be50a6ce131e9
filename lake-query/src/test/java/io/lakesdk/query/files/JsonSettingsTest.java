package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the SerDes of JSON can be told. */
class JsonSettingsTest {

  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = Lake.inMemory();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private static Dataset lines(Format.Malformed malformed, Map<String, String> keys) {
    return Dataset.named("web.lines")
        .in(Zone.RAW)
        .format(new Format.JsonLines(malformed, keys))
        .column("id", DataType.INT)
        .column("ts", DataType.STRING)
        .build();
  }

  private List<String> run(String sql) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("web"))) {
      return rows.asMaps().map(row -> row.values().toString()).toList();
    }
  }

  @Test
  void malformedLinesMayBeRowsOfNulls() {
    Dataset dataset = lines(Format.Malformed.NULLS, Map.of());
    Content.land(
        lake,
        dataset,
        "a.jsonl",
        """
        {"id": 1, "ts": "a"}
        {"id": 2, "ts"
        not at all
        {"id": 3, "ts": "c"}
        """);
    assertThat(run("SELECT * FROM lines ORDER BY id NULLS LAST"))
        .containsExactly("[1, a]", "[3, c]", "[null, null]", "[null, null]");
    assertThat(run("SELECT count(*) FROM lines")).containsExactly("[4]");
  }

  @Test
  void columnsMayHaveOtherNamesInFiles() {
    Dataset dataset = lines(Format.Malformed.REFUSED, Map.of("ts", "timestamp"));
    Content.land(lake, dataset, "a.jsonl", "{\"id\": 1, \"Timestamp\": \"a\", \"ts\": \"no\"}\n");
    assertThat(run("SELECT * FROM lines")).containsExactly("[1, a]");
    assertThatThrownBy(() -> run("INSERT INTO lines VALUES (1, 'a')"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot write dataset web.lines: its columns have other names in its files, which is"
                + " not written here");
  }
}
