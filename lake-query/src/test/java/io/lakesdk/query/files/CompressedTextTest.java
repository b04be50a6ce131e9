package io.lakesdk.query.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.BadDataException;
import io.lakesdk.publish.Partition;
import io.lakesdk.query.Content;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text files that are compressed as a whole. */
class CompressedTextTest extends FilesFixture {

  @TempDir Path folder;

  CompressedTextTest() {
    super("crm");
  }

  private static Dataset people(Format format) {
    return Dataset.named("crm.people")
        .in(Zone.RAW)
        .column("id", DataType.INT)
        .column("name", DataType.STRING)
        .format(format)
        .build();
  }

  private static List<Map<String, Object>> sums(Lake lake) {
    try (Rows rows =
        QueryEngine.of(lake)
            .run(
                Query.sql("SELECT count(*) AS n, sum(id) AS s, max(name) AS m FROM people")
                    .in("crm"))) {
      return rows.asMaps().toList();
    }
  }

  private static final Map<String, Object> ALL = Map.of("n", 1000L, "s", 499_500L, "m", "name 999");

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "snappy", "lz4"})
  void isUnpackedByTheNamesEnding(String ending) {
    Content.land(
        lake, people(Format.CSV), "a.csv." + ending, TestFiles.read("people.csv." + ending));
    assertThat(sums(lake)).containsExactly(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "snappy", "lz4"})
  void isUnpackedInFolders(String ending) {
    try (Lake onDisk = Lake.at(folder)) {
      Dataset people = people(Format.JSON_LINES);
      byte[] content = TestFiles.read("people.jsonl." + ending);
      Content.land(onDisk, people, "a.jsonl." + ending, content);
      assertThat(sums(onDisk)).containsExactly(ALL);
      assertThat(sums(onDisk)).containsExactly(ALL);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4", "brotli"})
  void isNotToBeConfusedWithPagesOfParquet(String codec) {
    byte[] content = TestFiles.read("people." + codec + ".parquet");
    Content.land(lake, people(Format.PARQUET), "a.parquet", content);
    assertThat(sums(lake)).containsExactly(ALL);
  }

  @Test
  void ofSeveralKindsIsReadTogether() {
    Dataset people = people(Format.CSV);
    for (String ending : List.of("gz", "bz2", "zst", "snappy", "lz4")) {
      Content.land(lake, people, "a.csv." + ending, TestFiles.read("people.csv." + ending));
    }
    Content.land(lake, people, "b.csv", "id,name\n7,plain\n");
    assertThat(sums(lake)).containsExactly(Map.of("n", 5001L, "s", 2_497_507L, "m", "plain"));
  }

  @Test
  void knowsItsPartition() {
    Dataset people =
        Dataset.named("crm.people")
            .in(Zone.RAW)
            .column("id", DataType.INT)
            .partitionedBy("day", DataType.STRING)
            .format(Format.CSV)
            .build();
    for (String day : List.of("mon", "tue")) {
      Content.land(
          lake,
          people,
          Content.partition("day", day),
          Map.of("a.csv.bz2", TestFiles.read("people.csv.bz2")));
    }
    try (Rows rows =
        QueryEngine.of(lake)
            .run(
                Query.sql("SELECT day, count(*) AS n FROM people GROUP BY day ORDER BY day")
                    .in("crm"))) {
      assertThat(rows.asMaps())
          .containsExactly(Map.of("day", "mon", "n", 1000L), Map.of("day", "tue", "n", 1000L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "snappy", "lz4"})
  void thatIsCutOffIsRefused(String ending) {
    byte[] whole = TestFiles.read("people.csv." + ending);
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    refused(ending, cut, "and is not a whole file of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bz2", "zst", "snappy", "lz4"})
  void thatIsDamagedIsRefused(String ending) {
    byte[] damaged = TestFiles.read("people.csv." + ending);
    for (int i = damaged.length / 2; i < damaged.length / 2 + 40; i++) {
      damaged[i] = (byte) 0xff;
    }
    refused(ending, damaged, "and is not a whole file of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "snappy", "lz4"})
  void thatIsPlainTextUnderAnotherNameIsRefused(String ending) {
    refused(ending, "id,name\n1,hunter2\n".getBytes(UTF_8), "and is not a whole file of");
  }

  @Test
  void inLzoIsRefused() {
    refused(
        "lzo", "x".getBytes(UTF_8), "it is named .lzo, which is not unpacked here; land it with");
  }

  @Test
  void inTheFramingOfAnotherToolIsRefused() {
    byte[] frame = {0x04, 0x22, 0x4d, 0x18, 0x64, 0x40, (byte) 0xa7, 1, 0, 0, 0, 1, 0, 0, 0, 0};
    refused("lz4", frame, "is not a whole file of LZ4 in Hadoop's framing");
  }

  @Test
  void thatGrowsBeyondAllMeasureIsRefused() {
    refused(
        "bz2",
        TestFiles.read("bomb.csv.bz2"),
        "it unpacks to more than 1000 times its size, which is taken for damage; land its text"
            + " unpacked");
  }

  @Test
  void tellsTheRowOfABadValue() throws Exception {
    java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
    try (java.io.OutputStream out = new io.airlift.compress.zstd.ZstdOutputStream(packed)) {
      out.write("id,name\n1,a\nhunter2,b\n".getBytes(UTF_8));
    }
    refused(
        "zst",
        packed.toByteArray(),
        "in row 2 of data the value of column id is not int, the type that dataset crm.people"
            + " declares");
  }

  private void refused(String ending, byte[] content, String reason) {
    Dataset people = people(Format.CSV);
    Content.land(lake, people, Partition.none(), Map.of("bad.csv." + ending, content));
    assertThatThrownBy(() -> Content.rows(lake, people))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("Cannot read object raw/crm/people/")
        .hasMessageContaining("bad")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
