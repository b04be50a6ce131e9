package io.lakesdk.query;

import static io.lakesdk.schema.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.OtherReaders;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.query.arrow.ArrowRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What this SDK publishes is read by pyarrow, from what Glue says alone, and by the AWS CLI. */
@ExtendWith(TestAws.Fresh.class)
class OtherReadersEmulatorIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Lake lake = Lake.inMemory();

  @BeforeEach
  void open() {
    TestAws.needsEmulator("an endpoint that other programs may call");
    lake = TestAws.lake();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** Values of every sort that the formats have in common. */
  record Order(
      int id,
      @Nullable String note,
      @Nullable BigDecimal price,
      @Nullable LocalDate day,
      @Nullable LocalDateTime at,
      @Nullable Double weight,
      @Nullable Boolean paid) {}

  /** The same without text. */
  record Figures(
      int id, @Nullable LocalDate day, @Nullable LocalDateTime at, @Nullable Double weight) {}

  /** With a partition key. */
  record Sale(int id, String note, @Nullable String country) {}

  private static URI endpoint() {
    return Emulator.moto().endpoint();
  }

  private static Dataset.Builder dataset(Format format) {
    return Dataset.named("sales.orders").in(Zone.CURATED).format(format);
  }

  private static List<List<@Nullable String>> others(String table) {
    String printed =
        OtherReaders.python(
            endpoint(), OtherReadersEmulatorIT.class, "read_table.py", "sales", table);
    try {
      return JSON.readValue(printed, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new AssertionError(printed, e);
    }
  }

  private static JsonNode awsCli(String... words) {
    try {
      return JSON.readTree(OtherReaders.awsCli(endpoint(), words));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Order> orders() {
    return List.of(
        new Order(
            1,
            "a, \"b\" and c\\d",
            new BigDecimal("12.50"),
            LocalDate.of(2001, 2, 3),
            LocalDateTime.of(2001, 2, 3, 4, 5, 6, 789_000_000),
            0.25,
            true),
        new Order(2, "größe 注文", null, null, null, null, false),
        new Order(3, null, null, null, null, null, null));
  }

  @Test
  void parquet() {
    Content.load(lake, dataset(Format.PARQUET).columns(Order.class).build(), Order.class, orders());
    assertThat(others("orders"))
        .hasToString(
            "[[1, a, \"b\" and c\\d, 12.500000000, 2001-02-03, 2001-02-03 04:05:06.789000, 0.25, true],"
                + " [2, größe 注文, null, null, null, null, false],"
                + " [3, null, null, null, null, null, null]]");
  }

  @Test
  void csvWithText() {
    Content.load(lake, dataset(Format.CSV).columns(Order.class).build(), Order.class, orders());
    assertThat(others("orders"))
        .as("all is text to the others, and NULL is empty")
        .hasToString(
            "[[1, a, \"b\" and c\\d, 12.500000000, 2001-02-03, 2001-02-03 04:05:06.789, 0.25, true],"
                + " [2, größe 注文, , , , , false], [3, , , , , , ]]");
  }

  @Test
  void csvWithoutText() {
    Dataset dataset =
        dataset(Format.csv().delimitedBy(';').withoutHeader()).columns(Figures.class).build();
    Content.load(
        lake,
        dataset,
        Figures.class,
        List.of(
            new Figures(1, LocalDate.of(2001, 2, 3), LocalDateTime.of(2001, 2, 3, 4, 5, 6), 1e-3),
            new Figures(2, null, null, null)));
    assertThat(others("orders"))
        .hasToString("[[1, 2001-02-03, 2001-02-03 04:05:06, 0.001], [2, null, null, null]]");
  }

  @Test
  void jsonLines() {
    Content.load(
        lake,
        dataset(Format.JSON_LINES).columns(Sale.class).build(),
        Sale.class,
        List.of(new Sale(1, "a \"b\"\n", "DE"), new Sale(2, "größe", null)));
    assertThat(others("orders")).hasToString("[[1, a \"b\"\n, DE], [2, größe, null]]");
  }

  @Test
  void partitionsOfEveryFormat() {
    for (Format format : List.of(Format.PARQUET, Format.CSV, Format.JSON_LINES)) {
      Dataset dataset =
          Dataset.named("sales." + format.extension())
              .in(Zone.CURATED)
              .format(format)
              .columns(Sale.class)
              .partitionedBy("country", STRING)
              .build();
      Content.load(
          lake,
          dataset,
          Sale.class,
          List.of(new Sale(1, "x", "DE"), new Sale(2, "y", "a b/c"), new Sale(3, "z", null)));
      Content.load(lake, dataset, Sale.class, List.of(new Sale(4, "v", "DE")));
      assertThat(others(format.extension()))
          .as(format.toString())
          .hasToString(
              "[[1, x, DE], [2, y, a b/c], [3, z, __HIVE_DEFAULT_PARTITION__], [4, v, DE]]");
    }
    JsonNode partitions =
        awsCli("glue", "get-partitions", "--database-name", "sales", "--table-name", "parquet");
    assertThat(partitions.get("Partitions")).hasSize(3);
  }

  @Test
  void theCommandLineSeesTablesAndFiles() {
    Content.load(lake, dataset(Format.PARQUET).columns(Order.class).build(), Order.class, orders());
    JsonNode table =
        awsCli("glue", "get-table", "--database-name", "sales", "--name", "orders").get("Table");
    assertThat(table.get("TableType").asText()).isEqualTo("EXTERNAL_TABLE");
    assertThat(table.get("Parameters").get("classification").asText()).isEqualTo("parquet");
    String location = table.get("StorageDescriptor").get("Location").asText();
    assertThat(OtherReaders.awsCli(endpoint(), "s3", "ls", "--recursive", location))
        .contains(".parquet");
  }

  @Test
  void aTableThatPyarrowWroteIsReadHere() {
    String bucket = ((AwsBackend) lake.backend()).settings().bucket(Zone.RAW);
    OtherReaders.python(
        endpoint(), OtherReadersEmulatorIT.class, "write_table.py", bucket, "theirs", "events");
    Dataset dataset = Catalog.of(lake).dataset(DatasetId.parse("theirs.events"));
    assertThat(Content.rows(lake, dataset))
        .extracting(row -> row.get("id") + " " + row.get("note") + " " + row.get("country"))
        .containsExactlyInAnyOrder("0 größe DE", "1 null DE", "2 größe a b", "3 null a b");
  }

  @Test
  void resultsAreReadByPyarrow(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("result.arrows");
    Query query =
        Query.sql(
            "SELECT n, CAST(n AS decimal(38, 2)) AS price, ARRAY[ROW(n, X'')] AS list,"
                + " MAP(ARRAY['größe'], ARRAY[DATE '2024-02-29']) AS days,"
                + " TIMESTAMP '1969-12-31 23:59:59.999' AS at"
                + " FROM UNNEST(ARRAY[1, NULL]) AS t(n)");
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = ArrowRows.of(QueryEngine.of(lake).run(query), allocator);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(
                reader.getVectorSchemaRoot(),
                null,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
      while (reader.loadNextBatch()) {
        writer.writeBatch();
      }
    }
    assertThat(
            OtherReaders.python(
                    endpoint(), OtherReadersEmulatorIT.class, "read_arrow.py", file.toString())
                .lines())
        .containsExactly(
            "['int32', 'decimal128(38, 2)', 'list<$data$: struct<field0: int32, field1: binary>>',"
                + " 'map<string, date32[day]>', 'timestamp[ms]']",
            "[1, Decimal('1.00'), [{'field0': 1, 'field1': b''}],"
                + " [('größe', datetime.date(2024, 2, 29))],"
                + " datetime.datetime(1969, 12, 31, 23, 59, 59, 999000)]",
            "[None, None, [{'field0': None, 'field1': b''}],"
                + " [('größe', datetime.date(2024, 2, 29))],"
                + " datetime.datetime(1969, 12, 31, 23, 59, 59, 999000)]");
  }
}
