package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Write;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.RecordMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workbench promises the layers above. */
abstract class WorkbenchContract {

  private Lake lake;
  private Workbench bench;

  abstract Lake open();

  @BeforeEach
  void openLake() {
    lake = open();
    bench = QueryEngine.of(lake).workbench();
  }

  @AfterEach
  void closeLake() {
    bench.close();
    lake.close();
  }

  record Part(int size, List<String> names) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Everything(
      long id,
      byte tiny,
      short small,
      int whole,
      float single,
      double exact,
      boolean truth,
      String text,
      byte[] bytes,
      BigDecimal amount,
      LocalDate day,
      LocalDateTime at,
      List<Part> parts,
      Map<String, Integer> counts,
      Part part) {}

  private static Everything everything(int i) {
    return new Everything(
        i,
        (byte) -i,
        (short) i,
        i,
        i / 3f,
        i / 3.0,
        i % 2 == 0,
        "t\"e'x,t\n" + i,
        new byte[] {0, (byte) 255},
        BigDecimal.valueOf(i, 2),
        LocalDate.of(1950, 1, 31),
        LocalDateTime.of(2024, 3, 10, 2, 30, 1, 5_000_000),
        List.of(new Part(i, Arrays.asList("a", null))),
        Map.of("k", i),
        i == 1 ? null : new Part(i, List.of()));
  }

  private static <T extends Record> Iterator<Object[]> values(Class<T> type, List<T> records) {
    RecordMapper<T> mapper = RecordMapper.of(type);
    return records.stream().map(mapper::toValues).iterator();
  }

  private Relation rows(List<Column> columns, Object[]... rows) {
    return bench.rows(columns, List.of(rows).iterator());
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private List<DataFile> write(Relation relation, Dataset dataset) {
    Publishing publishing = Publishing.of(lake);
    try (Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique())) {
      List<DataFile> files = bench.write(relation, draft);
      publishing.publish(draft);
      return files;
    }
  }

  private List<Map<String, Object>> read(Dataset dataset) {
    try (Rows rows = bench.stream(bench.dataset(dataset, Publishing.of(lake).snapshot(dataset)))) {
      return rows.asMaps().toList();
    }
  }

  @Nested
  class Values {

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl", "json"})
    void ofEveryTypeComeBackAsTheyWereWritten(String format) {
      Format files =
          switch (format) {
            case "parquet" -> Format.PARQUET;
            case "jsonl" -> Format.JSON_LINES;
            default -> Format.JSON;
          };
      Dataset dataset =
          Dataset.named("a.all").in(Zone.CURATED).columns(Everything.class).format(files).build();
      List<Everything> records = List.of(everything(0), everything(1), everything(2));
      write(
          bench.rows(
              RecordMapper.of(Everything.class).columns(), values(Everything.class, records)),
          dataset);

      try (Rows rows =
          bench.stream(bench.dataset(dataset, Publishing.of(lake).snapshot(dataset)))) {
        assertThat(rows.as(Everything.class))
            .usingRecursiveComparison()
            .ignoringCollectionOrder()
            .isEqualTo(
                records.stream()
                    .map(r -> RecordMapper.of(Everything.class).toValues(r))
                    .map(
                        RecordMapper.of(Everything.class)
                                .reader(RecordMapper.of(Everything.class).schema().names())
                            ::read)
                    .toList());
      }
    }

    @Test
    void goThroughCsvWithNullsAndEmptyTextsToldApart() {
      Dataset dataset =
          Dataset.named("a.flat")
              .in(Zone.CURATED)
              .column("id", DataType.INT)
              .column("text", DataType.STRING)
              .column("day", DataType.DATE)
              .column("at", DataType.TIMESTAMP)
              .column("bytes", DataType.BINARY)
              .format(Format.CSV)
              .build();
      LocalDateTime at = LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6_000_000);
      write(
          rows(
              dataset.schema().columns(),
              row(1, "a\"b,c\nd", LocalDate.of(2024, 1, 2), at, new byte[] {1, (byte) 200}),
              row(2, "", null, null, null),
              row(null, null, null, null, null)),
          dataset);

      List<Map<String, Object>> read = read(dataset);
      assertThat(read)
          .extracting(row -> row.get("text"))
          .containsExactlyInAnyOrder("a\"b,c\nd", "", null);
      assertThat(read).extracting(row -> row.get("at")).contains(at);
      assertThat(read)
          .filteredOn(row -> row.get("bytes") != null)
          .singleElement()
          .satisfies(row -> assertThat((byte[]) row.get("bytes")).containsExactly(1, -56));
    }

    @Test
    void thatDoNotFitTheirColumnAreRefusedWithTheRow() {
      List<Column> columns = List.of(Column.of("n", DataType.INT));

      assertThatThrownBy(() -> rows(columns, row(1), row("hunter2")))
          .isInstanceOf(BadDataException.class)
          .hasMessage("Cannot take in column n: the value in row 2 does not fit int");
    }
  }

  @Nested
  class Writing {

    private final List<Column> columns =
        List.of(Column.of("n", DataType.BIGINT), Column.of("k", DataType.STRING));

    @Test
    void makesAFileOfEachPartitionWithItsRows() {
      Dataset dataset =
          Dataset.named("a.parts")
              .in(Zone.CURATED)
              .column("n", DataType.BIGINT)
              .partitionedBy("k", DataType.STRING)
              .build();
      List<DataFile> files =
          write(
              rows(
                  columns,
                  row(1L, "a'b/c=d %"),
                  row(2L, null),
                  row(3L, ""),
                  row(4L, "\u00fc"),
                  row(5L, "\u00fc"),
                  row(6L, "__HIVE_DEFAULT_PARTITION__")),
              dataset);

      assertThat(files)
          .extracting(file -> file.partition().values().get("k"), DataFile::rows)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(Optional.of("a'b/c=d %"), OptionalLong.of(1)),
              org.assertj.core.groups.Tuple.tuple(Optional.empty(), OptionalLong.of(1)),
              org.assertj.core.groups.Tuple.tuple(Optional.of(""), OptionalLong.of(1)),
              org.assertj.core.groups.Tuple.tuple(Optional.of("\u00fc"), OptionalLong.of(2)),
              org.assertj.core.groups.Tuple.tuple(
                  Optional.of("__HIVE_DEFAULT_PARTITION__"), OptionalLong.of(1)));
      assertThat(read(dataset))
          .extracting(row -> row.get("k"))
          .containsExactlyInAnyOrder(
              "a'b/c=d %", null, "", "\u00fc", "\u00fc", "__HIVE_DEFAULT_PARTITION__");
    }

    @Test
    void mayHappenSeveralTimesIntoOneLoad() {
      Dataset dataset =
          Dataset.named("a.parts")
              .in(Zone.CURATED)
              .column("n", DataType.BIGINT)
              .partitionedBy("k", DataType.STRING)
              .build();
      Publishing publishing = Publishing.of(lake);
      try (Draft draft = publishing.begin(dataset, Write.append(), LoadId.unique())) {
        bench.write(rows(columns, row(1L, "a")), draft);
        bench.write(rows(columns, row(2L, "a")), draft);
        publishing.publish(draft);
      }

      assertThat(read(dataset)).hasSize(2);
    }

    @Test
    void ofNoRowsIsFine() {
      Dataset dataset =
          Dataset.named("a.none")
              .in(Zone.CURATED)
              .column("n", DataType.BIGINT)
              .partitionedBy("k", DataType.STRING)
              .build();
      assertThat(write(rows(columns), dataset)).isEmpty();
      assertThat(read(dataset)).isEmpty();
    }

    @Test
    void namesColumnsThatAreMissingOrTooMany() {
      Dataset dataset =
          Dataset.named("a.other")
              .in(Zone.CURATED)
              .column("n", DataType.BIGINT)
              .column("m", DataType.BIGINT)
              .build();

      assertThatThrownBy(() -> write(rows(columns, row(1L, "a")), dataset))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot write dataset a.other: the rows have no column m, and the dataset has no"
                  + " column k; the rows have n, k, the dataset has n, m");
      assertThat(Publishing.of(lake).history(dataset)).isEmpty();
    }

    @Test
    void refusesTypesThatHaveNothingToDoWithEachOther() {
      Dataset dataset =
          Dataset.named("a.other")
              .in(Zone.CURATED)
              .column("n", DataType.DATE)
              .column("k", DataType.STRING)
              .build();

      assertThatThrownBy(() -> write(rows(columns, row(1L, "a")), dataset))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(
              "column n of the rows is bigint and date in the dataset; CAST it in the statement");
    }

    private void misfit(DataType from, Object value, DataType to) {
      Dataset dataset = Dataset.named("a.narrow").in(Zone.CURATED).column("v", to).build();

      assertThatThrownBy(
              () ->
                  write(
                      rows(List.of(Column.of("v", from)), row((Object) null), row(value)), dataset))
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("Cannot write dataset a.narrow: a value of column v, which is ")
          .hasMessageEndingWith("does not fit " + to + " without loss")
          .hasMessageNotContaining(value.toString());
      assertThat(Publishing.of(lake).history(dataset)).isEmpty();
    }

    @Test
    void refusesValuesThatWouldChange() {
      misfit(DataType.BIGINT, 300L, DataType.TINYINT);
      misfit(DataType.DOUBLE, 1.75, DataType.INT);
      misfit(DataType.DOUBLE, 0.12345, DataType.decimal(10, 2));
      misfit(DataType.decimal(10, 3), new BigDecimal("7.125"), DataType.decimal(10, 2));
      misfit(DataType.BIGINT, (1L << 53) + 1, DataType.DOUBLE);
      misfit(DataType.STRING, "hunter2", DataType.varchar(3));
      misfit(DataType.arrayOf(DataType.BIGINT), List.of(300L), DataType.arrayOf(DataType.TINYINT));
    }

    @Test
    void keepsValuesThatFitANarrowerType() {
      Dataset dataset =
          Dataset.named("a.narrow")
              .in(Zone.CURATED)
              .column("a", DataType.TINYINT)
              .column("b", DataType.decimal(4, 1))
              .column("c", DataType.charOf(3))
              .build();
      write(
          rows(
              List.of(
                  Column.of("c", DataType.STRING),
                  Column.of("b", DataType.decimal(10, 3)),
                  Column.of("a", DataType.BIGINT)),
              row("x", new BigDecimal("1.500"), 7L)),
          dataset);

      assertThat(read(dataset)).singleElement().asString().isEqualTo("{a=7, b=1.5, c=x  }");
    }

    @Test
    void worksWithOddNamesAndManyColumns() {
      List<Column> many = new ArrayList<>();
      many.add(Column.of("select", DataType.INT));
      many.add(Column.of("a\"b'c;d$1", DataType.INT));
      many.add(Column.of("\u00fc \u4e2d", DataType.INT));
      many.add(Column.of("file_index", DataType.INT));
      for (int i = many.size(); i < 2_000; i++) {
        many.add(Column.of("c" + i, DataType.INT));
      }
      Dataset.Builder builder = Dataset.named("a.wide").in(Zone.CURATED);
      many.forEach(column -> builder.column(column.name(), column.type()));
      Dataset dataset = builder.partitionedBy("filename", DataType.STRING).build();
      List<Column> all = new ArrayList<>(many);
      all.add(Column.of("filename", DataType.STRING));
      Object[] one = Collections.nCopies(2_001, 7).toArray();
      one[2_000] = "p";
      Object[] two = one.clone();
      two[2_000] = "q";
      write(rows(all, one, two), dataset);

      assertThat(read(dataset))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row).hasSize(2_001).containsEntry("a\"b'c;d$1", 7));
      assertThat(read(dataset))
          .extracting(r -> r.get("filename"))
          .containsExactlyInAnyOrder("p", "q");
    }
  }

  @Nested
  class Statements {

    private Relation numbers() {
      return rows(
          List.of(Column.of("n", DataType.BIGINT), Column.of("k", DataType.STRING)),
          row(1L, "a"),
          row(2L, "b"),
          row(3L, "b"));
    }

    @Test
    void readTheirInputsAndOneAnother() {
      Relation first =
          bench.sql(
              "SELECT n, k FROM input WHERE n > :least",
              Map.of("input", numbers()),
              Map.of("least", 1));
      Relation second =
          bench.sql(
              "SELECT k, sum(n) AS total FROM input GROUP BY k HAVING sum(n) < :most",
              Map.of("input", first),
              Map.of("most", 100));

      assertThat(second.columns())
          .extracting(Column::toString)
          .containsExactly("k string", "total bigint");
      try (Rows rows = bench.stream(second)) {
        assertThat(rows.asMaps()).singleElement().asString().isEqualTo("{k=b, total=5}");
      }
    }

    @Test
    void keepTheirOrderWhenStreamed() {
      Relation ordered =
          bench.sql("SELECT n FROM input ORDER BY n DESC", Map.of("input", numbers()), Map.of());

      try (Rows rows = bench.stream(ordered)) {
        assertThat(rows.asLists()).extracting(row -> row.get(0)).containsExactly(3L, 2L, 1L);
      }
    }

    @Test
    void areComputedOnceWhenKept() {
      Relation random =
          bench.keep(
              bench.sql("SELECT random() AS r FROM input", Map.of("input", numbers()), Map.of()));

      assertThat(bench.stream(random).asLists().toList())
          .containsExactlyInAnyOrderElementsOf(bench.stream(random).asLists().toList());
    }

    @Test
    void nameTheirDatasetsInErrorsWhenTheyWereKept() {
      Dataset dataset = Dataset.named("a.t").in(Zone.CURATED).column("x", DataType.STRING).build();
      write(rows(dataset.schema().columns(), row("no number")), dataset);
      Relation kept = bench.keep(bench.dataset(dataset, Publishing.of(lake).snapshot(dataset)));
      Relation numbers =
          bench.sql("SELECT CAST(x AS integer) AS n FROM input", Map.of("input", kept), Map.of());

      assertThatThrownBy(() -> bench.stream(numbers).asLists().toList())
          .isInstanceOf(BadDataException.class)
          .hasMessage("Cannot run query over a.t: a value cannot be cast to the type asked for");
    }

    @Test
    void mayNameDatasetsAndSayWhichVersionsTheyRead() {
      Dataset dataset = Dataset.named("a.t").in(Zone.CURATED).column("x", DataType.BIGINT).build();
      Content.land(
          lake, dataset.toBuilder().build(), io.lakesdk.publish.Partition.none(), Map.of());
      write(rows(dataset.schema().columns(), row(2L)), dataset);
      Relation joined =
          bench.sql("SELECT k FROM input JOIN a.t ON n = x", Map.of("input", numbers()), Map.of());

      assertThat(bench.stream(joined).asLists().toList()).containsExactly(List.of("b"));
      assertThat(bench.uses()).extracting(use -> use.dataset().toString()).contains("a.t");
    }
  }

  @Test
  void whoMaySeeNothingGetsNoRelation() {
    Dataset dataset = Dataset.named("a.t").in(Zone.CURATED).column("x", DataType.BIGINT).build();
    write(rows(dataset.schema().columns(), row(2L)), dataset);
    try (Workbench other = QueryEngine.of(lake.as(Principal.role("nobody"))).workbench()) {
      assertThatThrownBy(() -> other.dataset(dataset, Publishing.of(lake).snapshot(dataset)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("a.t");
    }
  }
}
