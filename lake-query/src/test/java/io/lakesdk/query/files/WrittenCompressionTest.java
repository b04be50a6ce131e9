package io.lakesdk.query.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What statements compress files with, and that they are read again. */
class WrittenCompressionTest extends FilesFixture {

  private static final Map<String, List<String>> OF_ATHENA =
      Map.of(
          "PARQUET", List.of("GZIP", "SNAPPY", "ZSTD", "NONE"),
          "ORC", List.of("ZLIB", "SNAPPY", "LZ4", "ZSTD", "NONE"),
          "AVRO", List.of("DEFLATE", "SNAPPY", "ZSTD", "BZIP2", "NONE"),
          "JSON", List.of("GZIP", "BZIP2", "ZSTD", "SNAPPY", "LZ4", "NONE"),
          "TEXTFILE", List.of("GZIP", "BZIP2", "ZSTD", "SNAPPY", "LZ4", "NONE"));

  private static final Map<String, String> ENDINGS =
      Map.of("GZIP", "gz", "BZIP2", "bz2", "ZSTD", "zst", "SNAPPY", "snappy", "LZ4", "lz4");

  WrittenCompressionTest() {
    super("shop");
  }

  private Format format() {
    return Catalog.of(lake).dataset(DatasetId.parse("shop.t")).format();
  }

  private List<String> keys() {
    return lake.store(Zone.CURATED).all("shop/t/").map(ListedObject::key).toList();
  }

  private byte[] content(String key) throws IOException {
    try (var content = lake.store(Zone.CURATED).get(key, ReadOptions.current())) {
      return content.readAllBytes();
    }
  }

  @Test
  void isEachThatAthenaHas() {
    OF_ATHENA.forEach(
        (format, compressions) -> {
          for (String compression : compressions) {
            run(
                "CREATE TABLE t WITH (format = '"
                    + format
                    + "', write_compression = '"
                    + compression
                    + "') AS SELECT x AS id, 'a text' AS name FROM UNNEST(sequence(1, 5000)) AS s"
                    + " (x)");
            run("INSERT INTO t VALUES (5001, 'more')");
            assertThat(values("SELECT count(*), sum(id), min(name), max(name) FROM t"))
                .as(format + " " + compression)
                .containsExactly("[5001, 12507501, a text, more]");
            assertThat(format().compression().name()).isEqualTo(compression);
            boolean text = format.equals("JSON") || format.equals("TEXTFILE");
            String ending = text ? ENDINGS.getOrDefault(compression, "") : "";
            String plain = Map.of("JSON", "jsonl", "TEXTFILE", "txt").getOrDefault(format, "");
            assertThat(keys())
                .hasSize(2)
                .allMatch(key -> !text || key.endsWith("." + plain + dotted(ending)));
            run("DROP TABLE t");
          }
        });
  }

  private static String dotted(String ending) {
    return ending.isEmpty() ? "" : "." + ending;
  }

  @Test
  void isGzipOfTextUnlessToldOtherwise() throws IOException {
    for (String format : List.of("JSON", "TEXTFILE")) {
      run("CREATE TABLE t WITH (format = '" + format + "') AS SELECT 1 AS id");
      byte[] content = content(keys().get(0));
      assertThat(content).startsWith(0x1f, 0x8b);
      run("DROP TABLE t");
    }
    run("CREATE TABLE t WITH (format = 'ORC', orc_compression = 'snappy') AS SELECT 1 AS id");
    assertThat(format()).isEqualTo(Format.ORC.compressedWith(Format.Compression.SNAPPY));
    run("DROP TABLE t");
    run("CREATE TABLE t WITH (format = 'ORC') AS SELECT 1 AS id");
    assertThat(format()).isEqualTo(Format.ORC);
  }

  @Test
  void isWhatTheTableSays() throws IOException {
    run(
        "CREATE EXTERNAL TABLE t (id int) ROW FORMAT DELIMITED FIELDS TERMINATED"
            + " BY ',' LOCATION 's3://curated/shop/t/'"
            + " TBLPROPERTIES ('write.compression'='NONE')");
    run("INSERT INTO t VALUES (1)");
    assertThat(new String(content(keys().get(0)), StandardCharsets.UTF_8)).isEqualTo("1\n");
    run("ALTER TABLE t SET TBLPROPERTIES ('write.compression'='ZSTD')");
    run("INSERT INTO t VALUES (2)");
    assertThat(keys()).hasSize(2).anyMatch(key -> key.endsWith(".txt.zst"));
    assertThat(values("SELECT sum(CAST(id AS int)) FROM t")).containsExactly("[3]");
    assertThat(values("SHOW TBLPROPERTIES t ('write.compression')"))
        .containsExactly("[write.compression, ZSTD]");

    run(
        "CREATE EXTERNAL TABLE o (id int) STORED AS ORC LOCATION 's3://curated/shop/o/'"
            + " TBLPROPERTIES ('orc.compress'='LZ4')");
    run("INSERT INTO o VALUES (1)");
    assertThat(Catalog.of(lake).dataset(DatasetId.parse("shop.o")).format().compression())
        .isEqualTo(Format.Compression.LZ4);
    assertThatThrownBy(() -> run("ALTER TABLE t SET TBLPROPERTIES ('write.compression'='DEFLATE')"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(
            "'write.compression' in TBLPROPERTIES is not a compression that files of the format");
  }

  @Test
  void isRefusedWhereAFormatDoesNotHaveIt() {
    assertThatThrownBy(() -> Format.AVRO.compressedWith(Format.Compression.LZ4))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("files of Avro are not compressed with LZ4; take one of");
    assertThatThrownBy(() -> Format.JSON.compressedWith(Format.Compression.GZIP))
        .isInstanceOf(InvalidDefinitionException.class);
    Dataset plain = Dataset.named("shop.t").in(Zone.CURATED).format(Format.JSON).build();
    assertThat(Format.fileEnding(plain.format())).isEqualTo("json");
  }
}
