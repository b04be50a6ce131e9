package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.Content;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ORC files, which {@code make_orc.py} wrote with pyarrow. */
class OrcFilesTest extends FilesFixture {

  private static final Format BY_INDEX = new Format.Orc(Format.ColumnAccess.BY_INDEX);

  OrcFilesTest() {
    super("shop");
  }

  private static Dataset.Builder things() {
    return Dataset.named("shop.things").in(Zone.RAW).format(Format.ORC);
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
            .column("small", DataType.INT)
            .column("number", DataType.INT)
            .column("ratio", DataType.FLOAT)
            .column("precise", DataType.DOUBLE)
            .column("name", DataType.STRING)
            .column("raw", DataType.BINARY)
            .column("price", DataType.decimal(12, 3))
            .column("day", DataType.DATE)
            .column("millis", DataType.TIMESTAMP)
            .column("micros", DataType.TIMESTAMP)
            .column("instant", DataType.TIMESTAMP)
            .column("tags", DataType.parse("array<string>"))
            .column("counts", DataType.parse("map<int,bigint>"))
            .column(
                "place",
                DataType.parse(
                    "struct<street:string,since:timestamp,area:decimal(20,4),blob:binary,"
                        + "weights:array<double>,absent:int>"))
            .column("absent", DataType.INT)
            .build();
    Content.land(lake, all, "all.orc", TestFiles.read("all.orc"));

    List<Map<String, Object>> rows = run("SELECT * FROM things ORDER BY id");

    Map<String, Object> place = new LinkedHashMap<>();
    place.put("street", "Main");
    place.put("since", LocalDateTime.of(2024, 1, 1, 0, 0));
    place.put("area", new BigDecimal("1234567890123456.7890"));
    place.put("blob", new byte[] {0, 0x7f, (byte) 0xff, '\''});
    place.put("weights", List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY));
    place.put("absent", null);
    Map<Integer, Object> counts = new LinkedHashMap<>();
    counts.put(1, Long.MAX_VALUE);
    counts.put(2, null);
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("id", 1L);
    first.put("truth", true);
    first.put("tiny", (byte) -128);
    first.put("small", 32767);
    first.put("number", Integer.MIN_VALUE);
    first.put("ratio", 1.5f);
    first.put("precise", 0.1);
    first.put("name", "Ada \u00fc \ud83d\ude00");
    first.put("raw", new byte[] {0, (byte) 0xff});
    first.put("price", new BigDecimal("-12345678.900"));
    first.put("day", LocalDate.of(1815, 12, 10));
    first.put("millis", LocalDateTime.of(2024, 2, 29, 12, 30, 1, 123_000_000));
    first.put("micros", LocalDateTime.of(1970, 1, 1, 0, 0));
    first.put("instant", LocalDateTime.of(2024, 2, 29, 12, 30, 1, 123_000_000));
    first.put("tags", Arrays.asList("x", null, "quote \" \\"));
    first.put("counts", counts);
    first.put("place", place);
    first.put("absent", null);
    assertThat(rows.get(0))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(first);
    assertThat(rows.get(1)).containsEntry("id", 2L);
    assertThat(rows.get(1).values().stream().filter(Objects::nonNull)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "zlib", "snappy", "lz4", "zstd"})
  void areCompressedInside(String codec) {
    Content.land(lake, simple(), "many.orc", TestFiles.read("many." + codec + ".orc"));
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
    for (String file : List.of("many.zlib.orc", "later.orc", "none.orc")) {
      Content.land(lake, grown, file, TestFiles.read(file));
    }
    assertThat(run("SELECT id, name, added FROM things WHERE id IN (77, 4999) ORDER BY id, name"))
        .extracting(Map::values)
        .extracting(Object::toString)
        .containsExactly("[77, later, 1.5]", "[77, name 77, null]", "[4999, name 4999, null]");
    assertThat(run("SELECT count(*) AS n FROM things")).containsExactly(Map.of("n", 5001L));
  }

  @Test
  void haveTheirColumnsByIndexWhereTheFormatSaysSo() {
    Dataset hive =
        things()
            .format(BY_INDEX)
            .column("id", DataType.INT)
            .column("name", DataType.STRING)
            .column("added", DataType.DOUBLE)
            .build();
    Content.land(lake, hive, "hive.orc", TestFiles.read("hive.orc"));
    assertThat(run("SELECT name, added FROM things WHERE id = 3"))
        .extracting(Map::values)
        .extracting(Object::toString)
        .containsExactly("[name 3, null]");
  }

  @Test
  void ofHiveHaveNoSuchNames() {
    Content.land(lake, simple(), "hive.orc", TestFiles.read("hive.orc"));
    assertThat(run("SELECT count(*) AS n, count(id) AS ids FROM things"))
        .containsExactly(Map.of("n", 10L, "ids", 0L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "texts.orc|int|its column id is string, which cannot be read as int, the type that its"
            + " dataset declares, without loss",
        "large.orc|tinyint|its column id is int, which cannot be read as tinyint",
        "many.zlib.orc|map<int,int>|its column id is int, which cannot be read as map<int,int>",
        "people.csv.gz|int|it is no ORC file, or was cut off"
      })
  void thatDoNotFitAreRefused(String file, String type, String reason) {
    Dataset dataset = things().column("id", DataType.parse(type)).build();
    refused(dataset, TestFiles.read(file), reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 2000, 15_000})
  void thatAreCutOffAreRefused(int bytes) {
    refused(simple(), Arrays.copyOf(TestFiles.read("many.zlib.orc"), bytes), "cut off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "snappy", "zstd"})
  void thatAreDamagedAreRefused(String codec) {
    byte[] damaged = TestFiles.read("many." + codec + ".orc");
    Arrays.fill(damaged, damaged.length / 4, damaged.length * 3 / 4, (byte) 0xff);
    refused(simple(), damaged, "damaged");
  }

  private void refused(Dataset dataset, byte[] content, String reason) {
    Content.land(lake, dataset, "bad.orc", content);
    assertThatThrownBy(() -> run("SELECT * FROM things"))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/shop/things/")
        .hasMessageContaining("bad")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
