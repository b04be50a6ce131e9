package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.AccessPolicy;
import io.lakesdk.access.AccessRequest;
import io.lakesdk.access.DatasetView;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query engine promises, whatever it runs on. */
abstract class QueryEngineContract {

  private static final Principal ANALYST = Principal.role("analyst");

  /** Takes minutes and no memory. */
  private static final String SLOW =
      "SELECT sum(a.x * b.x) FROM UNNEST(sequence(1, 9000)) AS a(x),"
          + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"
          + " WHERE a.x + b.x > c.x";

  private Lake lake;
  private QueryEngine engine;

  record Order(long id, String country, BigDecimal amount, LocalDate day) {}

  private final Dataset orders =
      Dataset.named("sales.orders")
          .in(Zone.CURATED)
          .columns(Order.class)
          .partitionedBy("country", DataType.STRING)
          .build();

  abstract Lake open();

  /** Whether what runs statements knows all of Athena's SQL; emulators of Athena do not. */
  boolean speaksAthena() {
    return true;
  }

  /**
   * Whether statements run in this process: files and versions are then chosen before they start,
   * and rows come while they run.
   */
  boolean runsHere() {
    return true;
  }

  /** Whether rows and columns are hidden from those who may see some; no emulator does. */
  boolean hidesRowsAndColumns() {
    return true;
  }

  @BeforeEach
  void openLake() {
    lake = open();
    engine = QueryEngine.of(lake);
    Content.load(
        lake,
        orders,
        Order.class,
        List.of(
            new Order(1, "de", new BigDecimal("10.50"), LocalDate.of(2024, 1, 1)),
            new Order(2, "de", new BigDecimal("20.25"), LocalDate.of(2024, 1, 2)),
            new Order(3, "fr", new BigDecimal("5.00"), LocalDate.of(2024, 1, 3)),
            new Order(4, "it's", null, LocalDate.of(2024, 1, 4))));
  }

  @AfterEach
  void closeLake() {
    lake.close();
  }

  private List<List<Object>> answer(String sql) {
    return answer(Query.sql(sql));
  }

  private List<List<Object>> answer(Query query) {
    try (Rows rows = engine.run(query)) {
      return rows.asLists().toList();
    }
  }

  @Nested
  class Answers {
    record Total(String country, BigDecimal total) {}

    @Test
    void comeAsRecords() {
      try (Rows rows =
          engine.run(
              Query.sql(
                  "SELECT country, sum(amount) AS total FROM sales.orders GROUP BY country"
                      + " ORDER BY country"))) {
        assertThat(rows.as(Total.class))
            .extracting(Total::country)
            .containsExactly("de", "fr", "it's");
      }
    }

    @Test
    void comeAsMapsWithTypesAndNames() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      try (Rows rows =
          engine.run(
              Query.sql("SELECT id, country, 1 + 1, day FROM orders WHERE id = 3").in("sales"))) {
        assertThat(rows.columns())
            .extracting(Rows.ResultColumn::toString)
            .containsExactly(
                "ResultColumn[name=id, type=bigint]",
                "ResultColumn[name=country, type=varchar]",
                "ResultColumn[name=_col2, type=integer]",
                "ResultColumn[name=day, type=date]");
        assertThat(rows.asMaps())
            .singleElement()
            .asString()
            .isEqualTo("{id=3, country=fr, _col2=2, day=2024-01-03}");
      }
    }

    @Test
    void nameTheComponentThatHasNoColumn() {
      try (Rows rows = engine.run(Query.sql("SELECT country FROM sales.orders"))) {
        assertThatThrownBy(() -> rows.as(Total.class))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageContaining("total")
            .hasMessageContaining("country");
      }
    }

    @Test
    void nameTheRowWhoseValueDoesNotFit() {
      record Id(long amount) {}
      try (Rows rows = engine.run(Query.sql("SELECT amount FROM sales.orders ORDER BY id"))) {
        Stream<Id> ids = rows.as(Id.class);
        assertThatThrownBy(ids::toList)
            .isInstanceOf(BadDataException.class)
            .hasMessageStartingWith("Cannot read row 1 of query over sales.orders")
            .hasMessageContaining("amount")
            .hasMessageNotContaining("10.5");
      }
    }

    @Test
    void areTheSameHoweverThePartitionsAreAskedFor() {
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
      assertThat(answer("SELECT id FROM sales.orders WHERE country = 'it''s'"))
          .containsExactly(List.of(4L));
      assertThat(answer("SELECT country FROM sales.orders ORDER BY id"))
          .containsExactly(List.of("de"), List.of("de"), List.of("fr"), List.of("it's"));
    }

    @Test
    void ofADatasetWithoutDataAreEmpty() {
      Catalog.of(lake)
          .register(
              Dataset.named("sales.empty")
                  .in(Zone.CURATED)
                  .column("x", DataType.decimal(10, 2))
                  .partitionedBy("p", DataType.DATE)
                  .build());

      assertThat(answer("SELECT * FROM sales.empty")).isEmpty();
      assertThat(answer("SELECT count(*) FROM sales.empty")).containsExactly(List.of(0L));
    }

    @Test
    void bindParametersAsValuesOnly() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Query query = Query.sql("SELECT id FROM sales.orders WHERE country = :c");

      assertThat(answer(query.bind("c", "it's"))).containsExactly(List.of(4L));
      assertThat(answer(query.bind("c", "' OR 1 = 1 --"))).isEmpty();
    }

    @Test
    void areReadOnce() {
      Rows rows = engine.run(Query.sql("SELECT id FROM sales.orders"));
      assertThat(rows.asLists()).hasSize(4);
      assertThatThrownBy(rows::asLists).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sayWhenANumberIsDividedByZero() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer("SELECT id / (id - id) FROM sales.orders"))
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("Cannot run query over sales.orders: ")
          .hasMessageContainingAll("ivision by zero");
    }
  }

  @Nested
  class Statistics {

    @Test
    void countWhatIsReadAfterPruning() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      try (Rows all = engine.run(Query.sql("SELECT id FROM sales.orders"));
          Rows some = engine.run(Query.sql("SELECT id FROM sales.orders WHERE country = 'de'"))) {
        assertThat(all.stats().partitionsTotal()).hasValue(3);
        assertThat(all.stats().partitionsScanned()).hasValue(3);
        assertThat(all.stats().filesScanned()).hasValue(3).isEqualTo(all.stats().filesTotal());
        assertThat(some.stats().partitionsTotal()).hasValue(3);
        assertThat(some.stats().partitionsScanned()).hasValue(1);
        assertThat(some.stats().filesScanned()).hasValue(1);
        assertThat(some.stats().bytesScanned()).isPositive().isLessThan(all.stats().bytesScanned());
      }
    }

    @Test
    void limitAStatementBeforeItRuns() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      long bytes;
      try (Rows rows = engine.run(Query.sql("SELECT id FROM sales.orders"))) {
        bytes = rows.stats().bytesScanned();
      }
      Query query = Query.sql("SELECT id FROM sales.orders");
      assertThat(answer(query.scanAtMost(bytes))).hasSize(4);
      assertThatThrownBy(() -> answer(query.scanAtMost(bytes - 1)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query over sales.orders: it would scan "
                  + bytes
                  + " bytes and may scan "
                  + (bytes - 1)
                  + "; ask for fewer partitions, or raise scanAtMost");
    }
  }

  @Nested
  class Access {

    private final List<AccessDecidedEvent> decided = new ArrayList<>();

    private void show(DatasetView.Slice... slices) {
      DatasetView view = new DatasetView(List.of(slices));
      lake.enforce(
          new AccessPolicy() {
            @Override
            public Decision decide(AccessRequest request) {
              return request.columns().stream().allMatch(view::shows) && !view.isNothing()
                  ? new Decision.Allowed("a grant of the test")
                  : new Decision.Denied(request.principal() + " lacks a grant", "grant it");
            }

            @Override
            public DatasetView view(Principal principal, Resource.OfDataset dataset) {
              return dataset.dataset().equals(orders.id()) ? view : DatasetView.nothing();
            }
          });
      lake.listen(
          event -> {
            if (event instanceof AccessDecidedEvent decision) {
              decided.add(decision);
            }
          });
      engine = QueryEngine.of(lake.as(ANALYST));
    }

    private DatasetView.Slice slice(String rows, String... columns) {
      return new DatasetView.Slice(Optional.of(Set.of(columns)), Optional.ofNullable(rows));
    }

    @Test
    void leavesOnlyTheColumnsThatAreGrantedInAStar() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice(null, "id", "country"));

      try (Rows rows = engine.run(Query.sql("SELECT * FROM sales.orders"))) {
        assertThat(rows.columns())
            .extracting(Rows.ResultColumn::name)
            .containsExactly("id", "country");
      }
    }

    @Test
    void isRefusedWithTheColumnsAndTheMissingGrant() {
      show(slice(null, "id", "country"));

      assertThatThrownBy(() -> answer("SELECT id, amount FROM sales.orders WHERE day IS NULL"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(
              "Cannot select amount, day from dataset sales.orders: role analyst lacks a grant;"
                  + " grant it");
      assertThat(decided).isNotEmpty();
    }

    @Test
    void filtersRowsAlsoInWhatIsCountedAndJoined() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice("country = 'de'", "id", "amount"));

      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(2L));
      assertThat(answer("SELECT id FROM sales.orders ORDER BY 1"))
          .containsExactly(List.of(1L), List.of(2L));
      assertThat(
              answer("SELECT count(*) FROM sales.orders a LEFT JOIN sales.orders b ON a.id = b.id"))
          .containsExactly(List.of(2L));
    }

    @Test
    void showsTheRowsThatAreVisibleInEveryColumn() {
      assumeTrue(
          hidesRowsAndColumns(),
          "grants are enforced by Lake Formation, which no emulator does; see docs/fidelity.md");
      show(slice("country = 'de'", "id"), slice("id > 1", "id", "amount"));

      assertThat(answer("SELECT id FROM sales.orders ORDER BY 1")).hasSize(4);
      assertThat(answer("SELECT id, amount FROM sales.orders ORDER BY 1"))
          .extracting(row -> row.get(0))
          .containsExactly(2L, 3L, 4L);
    }

    @Test
    void doesNotTellWhatIsHiddenFromWhatIsNotThere() {
      Catalog.of(lake)
          .register(
              Dataset.named("sales.secret").in(Zone.CURATED).column("x", DataType.INT).build());
      show(slice(null, "id"));

      String hidden = failure("SELECT x FROM sales.secret", AccessDeniedException.class);
      String absent = failure("SELECT x FROM sales.absent", AccessDeniedException.class);
      assertThat(hidden.replace("secret", "absent")).isEqualTo(absent);
    }

    @Test
    void ofNobodyIsNothing() {
      engine = QueryEngine.of(lake.as(ANALYST));

      assertThatThrownBy(() -> answer("SELECT 1 FROM sales.orders"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith(
              "Cannot query dataset sales.orders: role analyst may see nothing");
    }
  }

  private String failure(String sql, Class<? extends LakeException> kind) {
    try {
      answer(sql);
    } catch (LakeException e) {
      assertThat(e).isInstanceOf(kind);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("nothing was refused");
  }

  @Nested
  class Refusals {

    @Test
    void suggestNamesToTheAdministrator() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer("SELECT 1 FROM sales.ordrs"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("sales.orders");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT * FROM read_parquet('/etc/passwd')",
          "SELECT * FROM read_csv('/etc/passwd')",
          "SELECT * FROM '/etc/passwd'",
          "SELECT * FROM duckdb_settings()",
          "COPY (SELECT 1) TO '/tmp/x.csv'",
          "COPY orders FROM '/etc/passwd'",
          "ATTACH '/tmp/x.db'",
          "SET threads = 1",
          "PRAGMA database_list",
          "INSTALL httpfs",
          "LOAD httpfs",
          "CREATE TABLE x AS SELECT 1",
          "DROP SCHEMA main CASCADE",
          "EXPORT DATABASE '/tmp/x'",
          "SELECT 1; SELECT 2",
          ""
        })
    void areAllThatIsNoQuery(String hostile) {
      refused(hostile);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT * FROM \"/etc/passwd\"",
          "SELECT * FROM information_schema.tables_",
          "SELECT read_text('/etc/passwd')",
          "SELECT getenv('HOME')",
          "SELECT getvariable('x')",
          "SELECT \"id\"\"; DROP TABLE x; --\" FROM sales.orders"
        })
    void areAllThatReachesForMoreThanDatasets(String hostile) {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      refused(hostile);
    }

    private void refused(String hostile) {
      assertThatThrownBy(() -> answer(Query.sql(hostile).in("sales")))
          .isInstanceOf(LakeException.class)
          .isNotInstanceOf(UnavailableException.class);
      assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(4L));
    }
  }

  @Test
  void aDatasetWithoutColumnsIsRefusedWithWhatToDo() {
    assumeTrue(
        runsHere(),
        "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
    Dataset landed = Dataset.named("sales.landed").in(Zone.RAW).format(Format.CSV).build();
    Catalog.of(lake).register(landed);
    assertThatThrownBy(() -> answer("SELECT * FROM sales.landed"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Cannot query dataset sales.landed: its columns are not known; declare them, or crawl"
                + " it first");
  }

  @Nested
  class Stopping {

    private Future<Throwable> reading(Rows rows) {
      return CompletableFuture.supplyAsync(
          () -> {
            try (rows) {
              rows.asLists().forEach(row -> {});
              return new AssertionError("it ended");
            } catch (Throwable e) {
              return e;
            }
          });
    }

    @Test
    void happensAfterTheTimeout() {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      assertThatThrownBy(() -> answer(Query.sql(SLOW).timeout(Duration.ofMillis(300))))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query without datasets: it took longer than its timeout of 300"
                  + " milliseconds");
    }

    private Rows endless() {
      return engine.run(
          Query.sql(
              "SELECT a.x + b.x AS y FROM UNNEST(sequence(1, 9000)) AS a(x),"
                  + " UNNEST(sequence(1, 9000)) AS b(x), UNNEST(sequence(1, 9000)) AS c(x)"));
    }

    @Test
    void happensWhenARowsReaderIsCancelledByAnotherThread() throws Exception {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      Future<Throwable> reader = reading(rows);
      rows.cancel();

      assertThat(reader.get(10, TimeUnit.SECONDS))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("it was cancelled");
    }

    @Test
    void happensWhenTheStreamIsClosed() {
      assumeTrue(
          runsHere(),
          "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      try (Stream<List<Object>> stream = rows.asLists()) {
        assertThat(stream.limit(3)).hasSize(3);
      }
      assertThat(answer("SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void happensWhenTheLakeIsClosed() throws Exception {
      assumeTrue(
          speaksAthena(),
          "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
      Rows rows = endless();
      Future<Throwable> reader = reading(rows);
      lake.close();

      assertThat(reader.get(10, TimeUnit.SECONDS))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("the lake was closed");
    }
  }

  @Test
  void manyThreadsAskAtOnceWhileOneStatementIsSlow() throws Exception {
    assumeTrue(
        speaksAthena(),
        "this engine does not speak all of Athena's SQL; other tests cover it, as docs/fidelity.md lists");
    CountDownLatch started = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Future<?> slow =
          threads.submit(
              () -> {
                started.countDown();
                return failure(
                    "SELECT 1 FROM sales.orders WHERE id IN (" + SLOW + ")", LakeException.class);
              });
      started.await();
      List<Callable<List<List<Object>>>> others = new ArrayList<>();
      for (int i = 0; i < 70; i++) {
        others.add(() -> answer("SELECT sum(id) FROM sales.orders WHERE country <> 'x'"));
      }
      for (Future<List<List<Object>>> other : threads.invokeAll(others)) {
        assertThat(other.get()).containsExactly(List.of(10L));
      }
      lake.close();
      assertThat(slow.get(10, TimeUnit.SECONDS)).asString().contains("the lake was closed");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStatementReadsOneVersionOfADataset() {
    assumeTrue(
        runsHere(),
        "statements do not run in this process; the tests of requests cover it, as docs/fidelity.md lists");
    Map<String, Object> row;
    try (Rows rows = engine.run(Query.sql("SELECT count(*) AS n FROM sales.orders"))) {
      Content.load(
          lake,
          orders,
          Order.class,
          List.of(new Order(9, "de", BigDecimal.ONE, LocalDate.of(2024, 1, 9))));
      row = rows.asMaps().findFirst().orElseThrow();
    }
    assertThat(row).containsEntry("n", 4L);
    assertThat(answer("SELECT count(*) FROM sales.orders")).containsExactly(List.of(5L));
  }
}
