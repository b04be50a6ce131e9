package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the SerDes of JSON can be told. */
class JsonSettingsTest extends FilesFixture {

  JsonSettingsTest() {
    super("web");
  }

  private static Dataset lines(Format.Malformed malformed, Map<String, String> keys) {
    return Dataset.named("web.lines")
        .in(Zone.RAW)
        .format(new Format.JsonLines(malformed, keys))
        .column("id", DataType.INT)
        .column("ts", DataType.STRING)
        .build();
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
    assertThat(values("SELECT * FROM lines ORDER BY id NULLS LAST"))
        .containsExactly("[1, a]", "[3, c]", "[null, null]", "[null, null]");
    assertThat(values("SELECT count(*) FROM lines")).containsExactly("[4]");
  }

  @Test
  void columnsMayHaveOtherNamesInFiles() {
    Dataset dataset = lines(Format.Malformed.REFUSED, Map.of("ts", "timestamp"));
    Content.land(lake, dataset, "a.jsonl", "{\"id\": 1, \"Timestamp\": \"a\", \"ts\": \"no\"}\n");
    assertThat(values("SELECT * FROM lines")).containsExactly("[1, a]");
    assertThatThrownBy(() -> values("INSERT INTO lines VALUES (1, 'a')"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot write dataset web.lines: its columns have other names in its files, which is"
                + " not written here");
  }
}
