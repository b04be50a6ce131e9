package io.lakesdk.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.query.arrow.ArrowRows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.rows.StreamedRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as JSON, as files and as Arrow. */
class ResultFormsTest {

  private static final String EVERY_TYPE =
      """
      SELECT true AS truth, TINYINT '-128' AS tiny, SMALLINT '7' AS small, 42 AS number,
        BIGINT '9007199254740993' AS large, REAL '1.5' AS ratio, 0.1e0 AS precise, nan() AS none,
        DECIMAL '12345678901234567890.12' AS price, 'a "b" \\ ü' AS name, CAST('x' AS char(3)) AS code,
        X'00ff' AS raw, DATE '2024-02-29' AS day, TIMESTAMP '1969-12-31 23:59:59.999' AS millis,
        TIMESTAMP '2024-01-01 10:00:00.000001' AS micros,
        TIMESTAMP '2024-01-01 10:00:00.000 Europe/Paris' AS moment,
        INTERVAL '26' HOUR AS hours, INTERVAL '14' MONTH AS months,
        JSON '{"a": [1, null]}' AS doc, UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59' AS id,
        ARRAY[1, NULL, 3] AS numbers, MAP(ARRAY['k', 'l'], ARRAY[1.5, NULL]) AS prices,
        CAST(ROW(1, ARRAY['x']) AS ROW(a integer, b array(varchar))) AS place, NULL AS nothing
      """;

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = Lake.inMemory();
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private Rows run(String sql) {
    return QueryEngine.of(lake).run(Query.sql(sql));
  }

  private static String numbers(int count) {
    return "SELECT n FROM UNNEST(sequence(1, " + count + ")) AS t(n)";
  }

  @Test
  void aRowIsAJsonObject() {
    assertThat(run(EVERY_TYPE).asJson())
        .containsExactly(
            """
            {"truth":true,"tiny":-128,"small":7,"number":42,"large":9007199254740993,\
            "ratio":1.5,"precise":0.1,"none":"NaN","price":12345678901234567890.12,\
            "name":"a \\"b\\" \\\\ ü","code":"x  ","raw":"AP8=","day":"2024-02-29",\
            "millis":"1969-12-31 23:59:59.999","micros":"2024-01-01 10:00:00.000001",\
            "moment":"2024-01-01 09:00:00.000 UTC","hours":"1 02:00:00.000","months":"1-2",\
            "doc":{"a":[1,null]},"id":"12151fd2-7586-11e9-8f9e-2a86e4085a59",\
            "numbers":[1,null,3],"prices":{"k":1.5,"l":null},"place":{"a":1,"b":["x"]},\
            "nothing":null}""");
  }

  @Test
  void timesOfDayAndAddressesAreValues() throws IOException {
    String sql =
        "SELECT TIME '10:00' AS plain, TIME '23:59:59.000001' AS micros,"
            + " IPADDRESS '10.0.0.1' AS four, ARRAY[IPADDRESS '2001:db8::1'] AS six";
    assertThat(run(sql).asLists())
        .containsExactly(
            List.of(
                LocalTime.of(10, 0),
                LocalTime.of(23, 59, 59, 1000),
                "10.0.0.1",
                List.of("2001:db8::1")));
    assertThat(run(sql).asJson())
        .containsExactly(
            "{\"plain\":\"10:00:00.000\",\"micros\":\"23:59:59.000001\",\"four\":\"10.0.0.1\","
                + "\"six\":[\"2001:db8::1\"]}");
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = ArrowRows.of(run(sql), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getVector("micros").getObject(0))
          .isEqualTo(86_399_000_001L);
      assertThat(reader.getVectorSchemaRoot().getVector("four").getObject(0))
          .hasToString("10.0.0.1");
    }
    assertThatThrownBy(() -> run("CREATE TABLE t AS SELECT TIME '10:00' AS x"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("column x is time(0), which no table can hold; CAST it in the query");
  }

  @Test
  void namesThatOccurTwiceAreNoKeys() {
    try (Rows rows = run("SELECT 1 AS a, 2 AS a")) {
      assertThatThrownBy(rows::asJson)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("several columns of that name");
    }
  }

  @Test
  void rowsBecomeFiles() throws IOException {
    Path file = folder.resolve("result");
    String sql =
        "SELECT * FROM (VALUES (1, 'a \"b\"', DATE '2024-02-29'), (2, NULL, NULL), (3, '', NULL))"
            + " AS t(id, name, day) ORDER BY id";

    assertThat(run(sql).writeTo(file, Format.CSV)).isEqualTo(3);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            "id","name","day"
            "1","a ""b""\","2024-02-29"
            "2",,
            "3","",
            """);

    Format.Csv tabs = ((Format.Csv) Format.CSV).delimitedBy('\t').quotedBy('\'').withoutHeader();
    assertThat(run(sql).writeTo(file, tabs)).isEqualTo(3);
    assertThat(Files.readString(file))
        .isEqualTo("'1'\t'a \"b\"'\t'2024-02-29'\n'2'\t\t\n'3'\t''\t\n");

    assertThat(run(sql).writeTo(file, Format.JSON_LINES)).isEqualTo(3);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"id":1,"name":"a \\"b\\"","day":"2024-02-29"}
            {"id":2,"name":null,"day":null}
            {"id":3,"name":"","day":null}
            """);
  }

  @Test
  void aStatementThatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = folder.resolve("result.csv");
    Files.writeString(file, "before");
    Failing rows = new Failing();
    assertThatThrownBy(() -> rows.writeTo(file, Format.CSV))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("Cannot read row 3000");
    assertThat(rows.closed).isTrue();
    assertThat(file).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whereNoFileCanBeIsSaid() {
    Path nowhere = folder.resolve("missing").resolve("result.csv");
    Rows rows = run("SELECT 'secret' AS a");
    assertThatThrownBy(() -> rows.writeTo(nowhere, Format.CSV))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Cannot write file " + nowhere + ": the file system does not take it");
    Rows others = run("SELECT 1 AS a");
    assertThatThrownBy(() -> others.writeTo(folder.resolve("a.parquet"), Format.PARQUET))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("UNLOAD and CREATE TABLE AS write parquet in the lake");
    assertThat(folder).isEmptyDirectory();
  }

  private static List<String> rows(VectorSchemaRoot root) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < root.getRowCount(); i++) {
      int row = i;
      rows.add(
          String.join(
              "; ",
              root.getFieldVectors().stream()
                  .map(vector -> vector.getName() + "=" + printed(vector.getObject(row)))
                  .toList()));
    }
    return rows;
  }

  private static String printed(Object value) {
    return value instanceof byte[] bytes ? "bytes " + bytes.length : String.valueOf(value);
  }

  @Test
  void rowsBecomeArrow() throws IOException {
    try (BufferAllocator allocator = new RootAllocator()) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      try (ArrowReader reader = ArrowRows.of(run(EVERY_TYPE), allocator);
          ArrowStreamWriter writer =
              new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, stream)) {
        while (reader.loadNextBatch()) {
          writer.writeBatch();
        }
      }
      try (ArrowStreamReader reader =
          new ArrowStreamReader(new ByteArrayInputStream(stream.toByteArray()), allocator)) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        assertThat(root.getSchema().getFields().stream().map(field -> field.toString().strip()))
            .containsExactly(
                "truth: Bool",
                "tiny: Int(8, true)",
                "small: Int(16, true)",
                "number: Int(32, true)",
                "large: Int(64, true)",
                "ratio: FloatingPoint(SINGLE)",
                "precise: FloatingPoint(DOUBLE)",
                "none: FloatingPoint(DOUBLE)",
                "price: Decimal(22, 2, 128)",
                "name: Utf8",
                "code: Utf8",
                "raw: Binary",
                "day: Date(DAY)",
                "millis: Timestamp(MILLISECOND, null)",
                "micros: Timestamp(MICROSECOND, null)",
                "moment: Timestamp(MILLISECOND, UTC)",
                "hours: Duration(MILLISECOND)",
                "months: Interval(YEAR_MONTH)",
                "doc: Utf8",
                "id: Utf8",
                "numbers: List<$data$: Int(32, true)>",
                "prices: Map(false)<entries: Struct<key: Utf8 not null, value: Decimal(2, 1, 128)>"
                    + " not null>",
                "place: Struct<a: Int(32, true), b: List<$data$: Utf8>>",
                "nothing: Null");
        assertThat(reader.loadNextBatch()).isTrue();
        assertThat(rows(root))
            .containsExactly(
                "truth=true; tiny=-128; small=7; number=42; large=9007199254740993; ratio=1.5;"
                    + " precise=0.1; none=NaN; price=12345678901234567890.12; name=a \"b\" \\ ü;"
                    + " code=x  ; raw=bytes 2; day=19782; millis=1969-12-31T23:59:59.999;"
                    + " micros=2024-01-01T10:00:00.000001; moment=1704099600000; hours=PT26H;"
                    + " months=P14M; doc={\"a\":[1,null]}; id=12151fd2-7586-11e9-8f9e-2a86e4085a59;"
                    + " numbers=[1,null,3];"
                    + " prices=[{\"key\":\"k\",\"value\":1.5},{\"key\":\"l\"}];"
                    + " place={\"a\":1,\"b\":[\"x\"]}; nothing=null");
        assertThat(reader.loadNextBatch()).isFalse();
      }
    }
  }

  @Test
  void manyRowsTakeTheMemoryOfOneBatch() throws IOException {
    try (BufferAllocator allocator = new RootAllocator()) {
      long sum = 0;
      int batches = 0;
      String sql = "SELECT n, ARRAY[n, NULL] AS a, if(mod(n, 2) = 0, 'even') AS e FROM (%s)";
      try (ArrowReader reader = ArrowRows.of(run(sql.formatted(numbers(10_000))), allocator)) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        while (reader.loadNextBatch()) {
          batches++;
          for (int i = 0; i < root.getRowCount(); i++) {
            long n = (Long) root.getVector("n").getObject(i);
            assertThat(root.getVector("a").getObject(i)).hasToString("[" + n + ",null]");
            assertThat(root.getVector("e").isNull(i)).isEqualTo(n % 2 == 1);
            sum += n;
          }
        }
        assertThat(reader.bytesRead()).isPositive();
      }
      assertThat(sum).isEqualTo(50_005_000L);
      assertThat(batches).isEqualTo(5);
      assertThat(allocator.getPeakMemoryAllocation()).isLessThan(1 << 20);
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void whoeverStopsReadingArrowClosesTheStatement() throws IOException {
    try (BufferAllocator allocator = new RootAllocator()) {
      for (int i = 0; i < 300; i++) {
        try (ArrowReader reader = ArrowRows.of(run(numbers(10_000)), allocator)) {
          assertThat(reader.loadNextBatch()).isTrue();
        }
      }
    }
  }

  @Test
  void anErrorOfTheStatementIsWhatArrowsReaderThrows() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = ArrowRows.of(new Failing(), allocator)) {
      assertThatThrownBy(
              () -> {
                while (reader.loadNextBatch()) {
                  assertThat(reader.getVectorSchemaRoot().getRowCount()).isPositive();
                }
              })
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("Cannot read row 3000");
    }
  }

  /** As Athena names it. */
  @Test
  void aTypeThatDoesNotTellItsElementsIsRefused() {
    Rows rows =
        new FixedRows(
            List.of(new ResultColumn("numbers", "array")),
            List.of(List.<Object>of(List.of(1))),
            QueryStats.ofDefinition());
    try (BufferAllocator allocator = new RootAllocator()) {
      assertThatThrownBy(() -> ArrowRows.of(rows, allocator))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot read column numbers: its type array does not tell what is in it, which Arrow"
                  + " must know; CAST it in the statement, to JSON for instance");
    }
  }

  @Test
  void whatStatementsTellIsArrowToo() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = ArrowRows.of(run("EXPLAIN SELECT 1"), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(rows(reader.getVectorSchemaRoot())).isNotEmpty();
    }
  }

  @Test
  void textIsUtf8() throws IOException {
    Path file = folder.resolve("result.csv");
    assertThat(run("SELECT 'ü€𝄞' AS a").writeTo(file, Format.CSV)).isEqualTo(1);
    assertThat(Files.readAllBytes(file)).isEqualTo("\"a\"\n\"ü€𝄞\"\n".getBytes(UTF_8));
  }

  /** Numbers until the 3000th, which cannot be read. */
  private static final class Failing extends StreamedRows {

    private int row;
    private boolean closed;

    Failing() {
      super(
          List.of(new ResultColumn("n", "integer")), () -> Subject.of(Subject.Kind.QUERY, "fails"));
    }

    @Override
    protected Optional<Object[]> next() {
      if (++row == 3000) {
        throw new BadDataException("read row " + row + " of", Subject.file("n"), "it is broken");
      }
      return Optional.of(new Object[] {row});
    }

    @Override
    public QueryStats stats() {
      return QueryStats.ofDefinition();
    }

    @Override
    public void cancel() {
      close();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
