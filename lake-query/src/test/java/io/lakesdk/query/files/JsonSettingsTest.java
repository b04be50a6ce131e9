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

  @Test
  void dotsInKeysMayBeUnderscores() {
    for (Format.Dots dots : Format.Dots.values()) {
      Dataset dataset =
          Dataset.named("web." + dots)
              .in(Zone.RAW)
              .format(
                  new Format.JsonLines(
                      Format.Malformed.REFUSED,
                      Map.of("m", "my:key"),
                      dots,
                      Format.Compression.NONE))
              .column("id", DataType.INT)
              .column("a_b", DataType.INT)
              .column("m", DataType.STRING)
              .build();
      Content.land(
          lake,
          dataset,
          "a.jsonl",
          """
          {"id": 1, "A.b": 2, "my:key": "x"}
          {"id": 2, "A.b": 3, "my.key": "y"}
          """);
      Content.land(lake, dataset, "b.jsonl", "{\"id\": 3, \"a.b\": 4, \"A_B\": 5}");
    }
    assertThat(values("SELECT * FROM underscores ORDER BY id"))
        .as("a key that has the name goes before")
        .containsExactly("[1, 2, x]", "[2, 3, null]", "[3, 5, null]");
    assertThat(values("SELECT * FROM kept ORDER BY id"))
        .containsExactly("[1, null, x]", "[2, null, null]", "[3, 5, null]");
  }
}
