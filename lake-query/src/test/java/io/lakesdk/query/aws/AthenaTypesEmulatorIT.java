package io.lakesdk.query.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakesdk.AwsSettings;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of every type of Athena, as the emulator moto answers what was queued. */
@ExtendWith(TestAws.Fresh.class)
class AthenaTypesEmulatorIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Lake lake = Lake.inMemory();

  @BeforeEach
  void open() {
    AwsSettings settings = TestAws.settings().compute(AwsSettings.Compute.ATHENA).build();
    TestAws.createBuckets(settings);
    lake = Lake.onAws(settings);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** A column as Athena describes it. */
  private record Column(String name, String type, int precision, int scale) {
    Map<String, Object> info() {
      return Map.of(
          "Name", name, "Label", name, "Type", type, "Precision", precision, "Scale", scale);
    }
  }

  private static void queue(List<Column> columns, List<List<String>> rows) {
    List<Object> printed = new ArrayList<>();
    printed.add(row(columns.stream().map(Column::name).toList()));
    rows.forEach(row -> printed.add(row(row)));
    Map<String, Object> result =
        Map.of("rows", printed, "column_info", columns.stream().map(Column::info).toList());
    try {
      String answer =
          Emulator.moto()
              .post(
                  "/moto-api/static/athena/query-results",
                  JSON.writeValueAsString(Map.of("results", List.of(result))),
                  request -> request.header("Content-Type", "application/json"));
      assertThat(answer).isNotNull();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> row(List<String> values) {
    return Map.of(
        "Data",
        values.stream()
            .map(value -> value == null ? Map.of() : Map.of("VarCharValue", value))
            .toList());
  }

  private Rows run(String sql) {
    return QueryEngine.of(lake).run(Query.sql(sql));
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("boolean", 0, 0, "boolean", "true", true),
        Arguments.of("tinyint", 3, 0, "tinyint", "-128", (byte) -128),
        Arguments.of("smallint", 5, 0, "smallint", "32767", (short) 32767),
        Arguments.of("integer", 10, 0, "integer", "-2147483648", Integer.MIN_VALUE),
        Arguments.of("bigint", 19, 0, "bigint", "9223372036854775807", Long.MAX_VALUE),
        Arguments.of("float", 17, 0, "real", "-1.5", -1.5f),
        Arguments.of("double", 17, 0, "double", "-Infinity", Double.NEGATIVE_INFINITY),
        Arguments.of("decimal", 12, 2, "decimal(12,2)", "10.50", new BigDecimal("10.50")),
        Arguments.of(
            "decimal",
            38,
            0,
            "decimal(38,0)",
            "99999999999999999999999999999999999999",
            new BigDecimal("99999999999999999999999999999999999999")),
        Arguments.of("varchar", 2147483647, 0, "varchar", "it's, \"ü\"\n", "it's, \"ü\"\n"),
        Arguments.of("varchar", 20, 0, "varchar(20)", "", ""),
        Arguments.of("char", 5, 0, "char(5)", "ab   ", "ab   "),
        Arguments.of(
            "varbinary", 1073741824, 0, "varbinary", "00 ff 10", new byte[] {0, (byte) 255, 16}),
        Arguments.of("varbinary", 1073741824, 0, "varbinary", "", new byte[0]),
        Arguments.of("date", 0, 0, "date", "2024-02-29", LocalDate.of(2024, 2, 29)),
        Arguments.of(
            "timestamp",
            3,
            0,
            "timestamp(3)",
            "2024-01-02 03:04:05.678",
            LocalDateTime.of(2024, 1, 2, 3, 4, 5, 678_000_000)),
        Arguments.of(
            "timestamp",
            6,
            0,
            "timestamp(6)",
            "2024-01-02 03:04:05.678901",
            LocalDateTime.of(2024, 1, 2, 3, 4, 5, 678_901_000)),
        Arguments.of(
            "timestamp with time zone",
            3,
            0,
            "timestamp(3) with time zone",
            "2024-01-02 03:04:05.678 UTC",
            Instant.parse("2024-01-02T03:04:05.678Z")),
        Arguments.of(
            "timestamp with time zone",
            3,
            0,
            "timestamp(3) with time zone",
            "2024-07-02 03:04:05.000 Europe/Berlin",
            Instant.parse("2024-07-02T01:04:05Z")),
        Arguments.of(
            "timestamp with time zone",
            3,
            0,
            "timestamp(3) with time zone",
            "2024-07-02 03:04:05.000 +02:00",
            Instant.parse("2024-07-02T01:04:05Z")),
        Arguments.of(
            "interval day to second",
            0,
            0,
            "interval day to second",
            "-2 03:04:05.006",
            Duration.ofDays(2).plusHours(3).plusMinutes(4).plusSeconds(5).plusMillis(6).negated()),
        Arguments.of(
            "interval year to month", 0, 0, "interval year to month", "1-2", Period.of(1, 2, 0)),
        Arguments.of("json", 0, 0, "json", "{\"a\":[1,null]}", "{\"a\":[1,null]}"),
        Arguments.of(
            "uuid",
            0,
            0,
            "uuid",
            "12151fd2-7586-11e9-8f9e-2a86e4085a59",
            UUID.fromString("12151fd2-7586-11e9-8f9e-2a86e4085a59")),
        Arguments.of("time", 3, 0, "time", "03:04:05.678", "03:04:05.678"),
        Arguments.of("ipaddress", 0, 0, "ipaddress", "10.0.0.1", "10.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void isReadByItsTypeWithNullsBesideIt(
      String type, int precision, int scale, String named, String printed, Object value) {
    List<Column> columns =
        List.of(new Column("v", type, precision, scale), new Column("n", "integer", 10, 0));
    queue(
        columns,
        List.of(
            Arrays.asList(printed, "1"), Arrays.asList(null, "2"), Arrays.asList(printed, null)));

    try (Rows rows = run("SELECT v, n FROM sales.things")) {
      assertThat(rows.columns())
          .containsExactly(new ResultColumn("v", named), new ResultColumn("n", "integer"));
      assertThat(rows.asLists())
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(
              Arrays.asList(value, 1), Arrays.asList(null, 2), Arrays.asList(value, null));
    }
  }

  @Test
  void whatIsNoValueOfItsTypeIsToldWithColumnAndRow() {
    queue(List.of(new Column("v", "integer", 10, 0)), List.of(List.of("1"), List.of("secret")));
    try (Rows rows = run("SELECT v FROM sales.things")) {
      Stream<List<Object>> lists = rows.asLists();
      assertThatThrownBy(lists::toList)
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read row 2 of query over sales.things: column v has a value that is no"
                  + " integer");
    }
  }

  private void registerThings() {
    Catalog.of(lake)
        .register(
            Dataset.named("sales.things")
                .in(Zone.CURATED)
                .column("numbers", DataType.arrayOf(DataType.BIGINT))
                .column("names", DataType.arrayOf(DataType.STRING))
                .column("prices", DataType.mapOf(DataType.STRING, DataType.decimal(10, 2)))
                .column(
                    "place",
                    DataType.struct()
                        .field("street", DataType.STRING)
                        .field("floor", DataType.INT)
                        .build())
                .build());
  }

  private static final List<Column> NESTED =
      List.of(
          new Column("numbers", "array", 0, 0),
          new Column("names", "array", 0, 0),
          new Column("prices", "map", 0, 0),
          new Column("place", "row", 0, 0));

  @Test
  void nestedValuesHaveTheTypesOfTheStatement() {
    registerThings();
    queue(
        NESTED,
        List.of(
            List.of("[1, null, 3]", "[abc]", "{a=1.50}", "{street=Main, 5, floor=2}"),
            Arrays.asList(null, null, null, null)));

    Map<String, Object> place = new HashMap<>();
    place.put("street", "Main, 5");
    place.put("floor", 2);
    try (Rows rows = run("SELECT * FROM sales.things")) {
      assertThat(rows.columns())
          .extracting(ResultColumn::type)
          .containsExactly(
              "array(bigint)",
              "array(varchar)",
              "map(varchar, decimal(10,2))",
              "row(street varchar, floor integer)");
      assertThat(rows.asLists())
          .containsExactly(
              List.of(
                  Arrays.asList(1L, null, 3L),
                  List.of("abc"),
                  Map.of("a", new BigDecimal("1.50")),
                  place),
              Arrays.asList(null, null, null, null));
    }
  }

  @Test
  void nestedTextsWithSeveralMeaningsAreRefused() {
    registerThings();
    queue(NESTED, List.of(List.of("[1]", "[a, b]", "{}", "{street=x, floor=1}")));
    try (Rows rows = run("SELECT * FROM sales.things")) {
      Stream<List<Object>> lists = rows.asLists();
      assertThatThrownBy(lists::toList)
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read row 1 of query over sales.things: column names holds texts that Athena"
                  + " prints without quotes, so that they can be read in several ways; write"
                  + " CAST(... AS JSON) in the statement");
    }
  }

  @Test
  void nestedValuesOfAStatementThatIsNotUnderstoodAreRefused() {
    queue(NESTED.subList(0, 1), List.of(Arrays.asList((String) null), List.of("[1]")));
    try (Rows rows = run("SELECT only_athena_knows(numbers) AS numbers FROM sales.things")) {
      assertThat(rows.columns()).containsExactly(new ResultColumn("numbers", "array"));
      Stream<List<Object>> lists = rows.asLists();
      assertThatThrownBy(lists::toList)
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read row 2 of query over sales.things: column numbers holds values whose"
                  + " types Athena does not tell and the statement does not show; write CAST(... AS"
                  + " JSON) in the statement");
    }
  }

  record Thing(int v, String note) {}

  @Test
  void rowsBecomeRecordsAndMaps() {
    List<Column> columns =
        List.of(new Column("v", "integer", 10, 0), new Column("note", "varchar", 20, 0));
    queue(columns, List.of(List.of("1", "one"), Arrays.asList("2", null)));
    queue(columns, List.of(List.of("1", "one")));

    try (Rows rows = run("SELECT v, note FROM sales.things")) {
      assertThat(rows.as(Thing.class)).containsExactly(new Thing(1, "one"), new Thing(2, null));
    }
    try (Rows rows = run("SELECT v, note FROM sales.things")) {
      assertThat(rows.asMaps()).containsExactly(Map.of("v", 1, "note", "one"));
    }
  }
}
