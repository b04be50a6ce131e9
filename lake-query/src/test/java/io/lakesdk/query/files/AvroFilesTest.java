package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Avro files, which {@code make_avro.py} wrote with fastavro. */
class AvroFilesTest extends FilesFixture {

  AvroFilesTest() {
    super("shop");
  }

  private static Dataset.Builder things() {
    return Dataset.named("shop.things").in(Zone.RAW).format(Format.AVRO);
  }

  private static Dataset simple() {
    return things().column("id", DataType.INT).column("name", DataType.STRING).build();
  }

  @Test
  void haveValuesOfEveryType() {
    Dataset all =
        things()
            .column("id", DataType.BIGINT)
            .column("truth", DataType.BOOLEAN)
            .column("tiny", DataType.TINYINT)
            .column("small", DataType.SMALLINT)
            .column("number", DataType.INT)
            .column("ratio", DataType.FLOAT)
            .column("precise", DataType.DOUBLE)
            .column("name", DataType.STRING)
            .column("kind", DataType.parse("varchar(3)"))
            .column("raw", DataType.BINARY)
            .column("fixed", DataType.BINARY)
            .column("price", DataType.decimal(10, 2))
            .column("cost", DataType.decimal(38, 5))
            .column("day", DataType.DATE)
            .column("millis", DataType.TIMESTAMP)
            .column("micros", DataType.TIMESTAMP)
            .column("local", DataType.TIMESTAMP)
            .column("id_text", DataType.STRING)
            .column("tags", DataType.parse("array<string>"))
            .column("counts", DataType.parse("map<string,bigint>"))
            .column(
                "place",
                DataType.parse(
                    "struct<street:string,since:timestamp,area:decimal(20,4),blob:binary,"
                        + "weights:array<double>,absent:int>"))
            .column("absent", DataType.INT)
            .build();
    Content.land(lake, all, "all.avro", TestFiles.read("all.avro"));

    List<Map<String, Object>> rows = run("SELECT * FROM things ORDER BY id");

    Map<String, Object> place = new LinkedHashMap<>();
    place.put("street", "Main");
    place.put("since", LocalDateTime.of(2024, 1, 1, 0, 0));
    place.put("area", new BigDecimal("1234567890123456.7890"));
    place.put("blob", new byte[] {0, 0x7f, (byte) 0xff, '\''});
    place.put("weights", List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY));
    place.put("absent", null);
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("a", Long.MAX_VALUE);
    counts.put("b", null);
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("id", 1L);
    first.put("truth", true);
    first.put("tiny", (byte) -128);
    first.put("small", (short) 32767);
    first.put("number", Integer.MIN_VALUE);
    first.put("ratio", 1.5f);
    first.put("precise", 0.1);
    first.put("name", "Ada \u00fc \ud83d\ude00");
    first.put("kind", "GOO");
    first.put("raw", new byte[] {0, (byte) 0xff});
    first.put("fixed", new byte[] {1, 2, 3, 4});
    first.put("price", new BigDecimal("-12345678.90"));
    first.put("cost", new BigDecimal("123.45600"));
    first.put("day", LocalDate.of(1815, 12, 10));
    first.put("millis", LocalDateTime.of(2024, 2, 29, 12, 30, 1, 123_000_000));
    first.put("micros", LocalDateTime.of(1970, 1, 1, 0, 0));
    first.put("local", LocalDateTime.of(2024, 2, 29, 12, 30, 1, 123_000_000));
    first.put("id_text", "12345678-1234-5678-1234-567812345678");
    first.put("tags", Arrays.asList("x", null, "quote \" \\"));
    first.put("counts", counts);
    first.put("place", place);
    first.put("absent", null);
    assertThat(rows.get(0))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(first);
    assertThat(rows.get(1)).containsEntry("id", 2L);
    assertThat(rows.get(1).values().stream().filter(value -> value != null)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void areCompressedInside(String codec) {
    Content.land(lake, simple(), "many.avro", TestFiles.read("many." + codec + ".avro"));
    assertThat(run("SELECT count(*) AS n, sum(id) AS s, max(name) AS m FROM things"))
        .containsExactly(Map.of("n", 5000L, "s", 12_497_500L, "m", "name 999"));
  }

  @Test
  void haveEachItsOwnSchema() {
    Dataset grown =
        things()
            .column("id", DataType.BIGINT)
            .column("name", DataType.STRING)
            .column("added", DataType.DOUBLE)
            .build();
    for (String file : List.of("many.null.avro", "later.avro", "none.avro")) {
      Content.land(lake, grown, file, TestFiles.read(file));
    }
    Content.land(lake, grown, "empty.avro", "");
    assertThat(run("SELECT id, name, added FROM things WHERE id IN (77, 4999) ORDER BY id, name"))
        .extracting(Map::values)
        .extracting(Object::toString)
        .containsExactly("[77, later, 1.5]", "[77, name 77, null]", "[4999, name 4999, null]");
    assertThat(run("SELECT count(*) AS n FROM things")).containsExactly(Map.of("n", 5001L));
  }

  @Test
  void knowTheirPartition() {
    Dataset parts = things().column("id", DataType.INT).partitionedBy("day", DataType.DATE).build();
    for (String day : List.of("2024-01-01", "2024-01-02")) {
      Content.land(
          lake,
          parts,
          Content.partition("day", day),
          Map.of("a.avro", TestFiles.read("many.deflate.avro")));
    }
    assertThat(run("SELECT day, max(id) AS m FROM things GROUP BY day ORDER BY day"))
        .containsExactly(
            Map.of("day", LocalDate.of(2024, 1, 1), "m", 4999),
            Map.of("day", LocalDate.of(2024, 1, 2), "m", 4999));
    assertThat(run("SELECT count(*) AS n FROM things WHERE day = DATE '2024-01-02'"))
        .containsExactly(Map.of("n", 5000L));
  }

  @Test
  void stopWhenEnoughWasRead() {
    Content.land(lake, simple(), "many.avro", TestFiles.read("many.null.avro"));
    assertThat(run("SELECT id FROM things LIMIT 3")).hasSize(3);
    try (Rows rows = QueryEngine.of(lake).run(Query.sql("SELECT id FROM things").in("shop"))) {
      assertThat(rows.asMaps().findFirst()).isPresent();
    }
    assertThat(run("SELECT a.id FROM things a JOIN things b ON a.id = b.id WHERE a.id < 3"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "texts.avro|int|its column id is string, which cannot be read as int, the type that its"
            + " dataset declares, without loss",
        "union.avro|int|its column id is [null, int, string], and of unions only those of one type"
            + " with null are read",
        "twice.avro|int|it has two columns named id that differ only in case; Athena does not tell"
            + " them apart",
        "scalar.avro|int|its schema is int and no record",
        "large.avro|tinyint|in row 2 the value of column id does not fit tinyint",
        "many.null.avro|array<int>|its column id is int, which cannot be read as array<int>",
        "people.csv.gz|int|it is no Avro file, or was cut off"
      })
  void thatDoNotFitAreRefused(String file, String type, String reason) {
    Dataset dataset = things().column("id", DataType.parse(type)).build();
    refused(dataset, TestFiles.read(file), reason);
  }

  @Test
  void thatAreCutOffAreRefused() {
    byte[] whole = TestFiles.read("many.null.avro");
    refused(simple(), Arrays.copyOf(whole, whole.length / 2), "it was cut off");
  }

  @Test
  void thatEndInTheirHeaderAreRefused() {
    byte[] whole = TestFiles.read("many.null.avro");
    refused(simple(), Arrays.copyOf(whole, 50), "it is no Avro file, or was cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void thatAreDamagedAreRefused(String codec) {
    byte[] damaged = TestFiles.read("many." + codec + ".avro");
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 60, (byte) 0xff);
    refused(simple(), damaged, "in row ");
  }

  private void refused(Dataset dataset, byte[] content, String reason) {
    Content.land(lake, dataset, "bad.avro", content);
    assertThatThrownBy(() -> run("SELECT * FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/shop/things/")
        .hasMessageContaining("bad")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
