package io.lakesdk.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.VirtualClock;
import io.lakesdk.Zone;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.QueryExecution.State;
import io.lakesdk.query.QueryStats.Reused;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.ListOptions;
import io.lakesdk.storage.ListedObject;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the workgroups of an embedded lake promise besides: what in Athena is Athena's doing. */
abstract class EmbeddedWorkgroupContract extends WorkgroupContract {

  static final String PLACE = "s3://curated/results/";
  static final Workgroup WITH_RESULTS = ANALYSTS.resultsIn(PLACE);
  static final Query ALL =
      Query.sql("SELECT id, country, amount, day FROM sales.orders ORDER BY id")
          .workgroup("analysts");
  private static final Query AGAIN = ALL.reuseResultsFor(Duration.ofHours(1));

  final VirtualClock clock = VirtualClock.at("2026-01-01T00:00:00Z");

  abstract Lake open(Consumer<LakeOptions> with);

  @Override
  final Lake open() {
    return open(with -> with.clock(clock));
  }

  final List<String> results() {
    return lake.store(Zone.CURATED).list(ListOptions.prefix("results/")).objects().stream()
        .map(ListedObject::key)
        .toList();
  }

  private String text(String key) {
    try (var content = lake.store(Zone.CURATED).get(key, ReadOptions.current())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void oneMoreOrder() {
    answer(
        "INSERT INTO sales.orders (id, amount, day, country)"
            + " VALUES (BIGINT '5', DECIMAL '1.00', DATE '2024-01-05', 'es')");
  }

  static QueryStats stats(QueryEngine asked, Query query) {
    try (Rows rows = asked.run(query)) {
      rows.asLists().forEach(row -> {});
      return rows.stats();
    }
  }

  private long bytes() {
    return stats(engine, Query.sql(ALL.text())).bytesScanned();
  }

  @Nested
  class Limits {

    @Test
    void ofAStatementHoldWhateverItsOwnIs() {
      long bytes = bytes();
      groups().register(ANALYSTS.scanAtMost(bytes - 1));
      assertThatThrownBy(() -> answer(engine, ALL.scanAtMost(Long.MAX_VALUE)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query over sales.orders: it would scan "
                  + bytes
                  + " bytes and may scan "
                  + (bytes - 1)
                  + " in workgroup analysts; ask for fewer partitions, or have whoever opened the"
                  + " lake raise its scanAtMost");
      assertThat(last().state()).isEqualTo(State.FAILED);
      assertThat(last().stats().bytesScanned()).isZero();

      groups().register(ANALYSTS.scanAtMost(bytes));
      assertThat(answer(engine, ALL)).hasSize(4);
      assertThatThrownBy(() -> answer(engine, ALL.scanAtMost(1)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageEndingWith("raise scanAtMost");
    }

    @Test
    void ofAWorkgroupHoldForAWhile() {
      long bytes = bytes();
      groups().register(ANALYSTS.scanTogetherAtMost(2 * bytes, Duration.ofHours(1)));
      assertThat(answer(engine, ALL)).hasSize(4);
      clock.advance(Duration.ofMinutes(30));
      assertThat(answer(engine, ALL)).hasSize(4);
      assertThatThrownBy(() -> answer(engine, ALL))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot run query over sales.orders: it would scan "
                  + bytes
                  + " bytes, and of the "
                  + 2 * bytes
                  + " that workgroup analysts may scan in 60 minutes it has scanned "
                  + 2 * bytes
                  + "; wait, ask for fewer partitions, or have whoever opened the lake raise"
                  + " scanTogetherAtMost");
      assertThat(answer(engine, Query.sql("SELECT 1").workgroup("analysts"))).hasSize(1);

      clock.advance(Duration.ofMinutes(30));
      assertThat(answer(engine, ALL)).hasSize(4);
      assertThatThrownBy(() -> answer(engine, ALL)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void ofAWorkgroupHoldForManyThreads() throws Exception {
      groups().register(ANALYSTS.scanTogetherAtMost(5 * bytes(), Duration.ofHours(1)));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Boolean>> statements = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          statements.add(
              () -> {
                try {
                  return answer(engine, ALL).size() == 4;
                } catch (UnavailableException e) {
                  return false;
                }
              });
        }
        int ran = 0;
        for (Future<Boolean> statement : threads.invokeAll(statements)) {
          ran += statement.get() ? 1 : 0;
        }
        assertThat(ran).isEqualTo(5);
      } finally {
        threads.shutdownNow();
      }
    }

    @Test
    void ofAWorkgroupHoldForStatementsThatWrite() {
      groups().register(ANALYSTS.scanTogetherAtMost(1, Duration.ofHours(1)));
      Query copy =
          Query.sql("CREATE TABLE sales.copy AS SELECT id FROM sales.orders").workgroup("analysts");
      assertThatThrownBy(() -> answer(engine, copy)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> answer("SELECT * FROM sales.copy"))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Nested
  class History {

    @Test
    void showsEverybodyTheirOwnAndTheAdministratorAll() {
      groups().register(ANALYSTS);
      grant(ANALYST);
      grant(ADA);
      assertThat(answer(as(ANALYST), COUNT)).hasSize(1);
      assertThat(answer(as(ADA), COUNT)).hasSize(1);

      assertThat(as(ADA).workgroups().executions("analysts", 10))
          .hasSize(1)
          .allSatisfy(execution -> assertThat(execution.by()).contains(ADA));
      assertThat(groups().executions("analysts", 10)).hasSize(2);
      String other = as(ANALYST).workgroups().executions("analysts", 1).get(0).id();
      assertThat(as(ADA).workgroups().execution(other)).isEmpty();
      assertThatThrownBy(() -> as(ADA).workgroups().cancel(other))
          .isInstanceOf(NotFoundException.class);
    }

    @Test
    void isKept45Days() {
      groups().register(ANALYSTS);
      assertThat(answer(engine, COUNT)).hasSize(1);
      clock.advance(Duration.ofDays(45));
      assertThat(groups().executions("analysts", 10)).hasSize(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(groups().executions("analysts", 10)).isEmpty();
    }

    @Test
    void tellsRowsThatWereNotReadToTheirEnd() {
      groups().register(WITH_RESULTS);
      try (Rows rows = engine.run(ALL);
          Stream<List<Object>> some = rows.asLists()) {
        assertThat(some.iterator().next()).hasSize(4);
        assertThat(last().state()).isEqualTo(State.RUNNING);
      }
      assertThat(last().state()).isEqualTo(State.CANCELLED);
      assertThat(last().reason()).contains("its rows were closed");
      assertThat(last().results()).isEmpty();
      assertThat(last().stats().bill().bytes()).isEqualTo(10L << 20);
      assertThat(results()).isEmpty();
    }

    @Test
    void tellsStatementsThatChangeSomething() {
      groups().register(WITH_RESULTS);
      answer(engine, Query.sql("CREATE VIEW sales.v AS SELECT 1 AS x").workgroup("analysts"));
      assertThat(last().statement()).isEqualTo("CREATE VIEW sales.v AS SELECT ? AS x");
      assertThat(last().state()).isEqualTo(State.SUCCEEDED);
      assertThat(last().stats().bill().price()).isZero();
      assertThat(results()).isEmpty();
    }

    @Test
    void hasThePriceOfTheEngineThatIsAsked() {
      groups().register(ANALYSTS);
      assertThat(answer(engine, COUNT)).hasSize(1);
      QueryEngine dear = engine.pricedAt(new BigDecimal(10));
      assertThat(dear.workgroups().executions("analysts", 1).get(0).stats().bill().price())
          .isEqualByComparingTo("0.000095367431640625");
    }
  }

  @Nested
  class Results {

    @Test
    void areFilesAsAthenaWritesThem() {
      groups().register(WITH_RESULTS);
      assertThat(answer(engine, ALL)).hasSize(4);

      String file = last().results().orElseThrow();
      assertThat(file).isEqualTo(PLACE + last().id() + ".csv");
      assertThat(text("results/" + last().id() + ".csv"))
          .isEqualTo(
              """
              "id","country","amount","day"
              "1","de","10.500000000","2024-01-01"
              "2","de","20.250000000","2024-01-02"
              "3","fr","5.000000000","2024-01-03"
              "4","it's",,"2024-01-04"
              """);
    }

    @Test
    void goWhereTheStatementSaysIfThePrincipalMayWriteThere() {
      groups().register(WITH_RESULTS);
      grant(ANALYST);
      Query elsewhere = ALL.resultsIn("s3://raw/mine/");
      assertThatThrownBy(() -> answer(as(ANALYST), elsewhere))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("no grant of write on zone raw");
      Security.of(lake).grant(Grant.write().on(Zone.RAW).to(ANALYST));
      assertThat(answer(as(ANALYST), elsewhere)).hasSize(4);
      assertThat(last().results()).contains("s3://raw/mine/" + last().id() + ".csv");
      assertThat(results()).isEmpty();
    }

    @Test
    void goWhereAnEnforcedWorkgroupSays() {
      groups().register(WITH_RESULTS.enforced());
      grant(ANALYST);
      assertThat(answer(as(ANALYST), ALL.resultsIn("s3://raw/mine/"))).hasSize(4);
      assertThat(last().results()).contains(PLACE + last().id() + ".csv");
    }

    @Test
    void areLeftWithoutAWorkgroupToo() {
      Query alone = Query.sql("SELECT 1 AS x").resultsIn("s3://raw/mine");
      try (Rows rows = engine.run(alone)) {
        assertThat(rows.asLists()).hasSize(1);
        String key = "mine/" + rows.executionId().orElseThrow() + ".csv";
        assertThat(lake.store(Zone.RAW).exists(key)).isTrue();
      }
    }
  }

  @Nested
  class Reuse {

    @Test
    void givesAnAnswerAgainForNothing() {
      groups().register(WITH_RESULTS);
      List<List<Object>> first = answer(engine, ALL);
      String file = last().results().orElseThrow();

      QueryStats stats = stats(engine, AGAIN);
      assertThat(stats.reused()).isEqualTo(Reused.REUSED);
      assertThat(stats.bytesScanned()).isZero();
      assertThat(stats.bill().price()).isZero();
      assertThat(answer(engine, AGAIN)).isEqualTo(first);
      assertThat(last().results()).contains(file);
      assertThat(last().stats().reused()).isEqualTo(Reused.REUSED);
      assertThat(stats(engine, ALL).reused()).isEqualTo(Reused.COMPUTED);
    }

    @Test
    void endsWhenTheDataChange() {
      groups().register(WITH_RESULTS);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      oneMoreOrder();
      assertThat(answer(engine, AGAIN)).hasSize(5);
      assertThat(stats(engine, AGAIN).reused()).isEqualTo(Reused.REUSED);

      answer("CREATE OR REPLACE VIEW sales.some AS SELECT id FROM sales.orders WHERE id < 3");
      Query view =
          Query.sql("SELECT id FROM sales.some")
              .workgroup("analysts")
              .reuseResultsFor(Duration.ofHours(1));
      assertThat(answer(engine, view)).hasSize(2);
      answer("CREATE OR REPLACE VIEW sales.some AS SELECT id FROM sales.orders WHERE id < 4");
      assertThat(answer(engine, view)).hasSize(3);
    }

    @Test
    void endsWithTheAgeOfTheAnswer() {
      groups().register(WITH_RESULTS);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      clock.advance(Duration.ofMinutes(59));
      assertThat(stats(engine, AGAIN).reused()).isEqualTo(Reused.REUSED);
      clock.advance(Duration.ofMinutes(2));
      assertThat(stats(engine, AGAIN).reused()).isEqualTo(Reused.COMPUTED);
    }

    @Test
    void needsTheSameParametersAndWorkgroup() {
      groups().register(WITH_RESULTS);
      groups().register(Workgroup.named("other").resultsIn(PLACE));
      Query one =
          Query.sql("SELECT id FROM sales.orders WHERE id = :id")
              .workgroup("analysts")
              .reuseResultsFor(Duration.ofHours(1));
      assertThat(answer(engine, one.bind("id", 1L))).containsExactly(List.of(1L));
      assertThat(answer(engine, one.bind("id", 2L))).containsExactly(List.of(2L));
      assertThat(stats(engine, one.bind("id", 1L)).reused()).isEqualTo(Reused.REUSED);
      assertThat(stats(engine, one.bind("id", 1L).workgroup("other")).reused())
          .isEqualTo(Reused.COMPUTED);
    }

    @Test
    void showsNobodyWhatTheyMayNotSee() {
      groups().register(WITH_RESULTS);
      Security security = Security.of(lake);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      security.grant(Grant.use().on("analysts").to(ANALYST));
      assertThatThrownBy(() -> answer(as(ANALYST), AGAIN))
          .isInstanceOf(AccessDeniedException.class);

      Grant german = Grant.select().on("sales.orders").where("country = 'de'").to(ANALYST);
      security.grant(german);
      assertThat(answer(as(ANALYST), AGAIN)).hasSize(2);
      assertThat(stats(as(ANALYST), AGAIN).reused()).isEqualTo(Reused.REUSED);
      assertThat(answer(engine, AGAIN)).hasSize(4);

      security.grant(Grant.select().on("sales.orders").where("country = 'fr'").to(ANALYST));
      assertThat(answer(as(ANALYST), AGAIN)).hasSize(3);
      security.revoke(german);
      assertThat(answer(as(ANALYST), AGAIN)).hasSize(1);
    }

    @Test
    void isNotForFunctionsOfChance() {
      groups().register(WITH_RESULTS);
      Query random =
          Query.sql("SELECT rand() FROM sales.orders")
              .workgroup("analysts")
              .reuseResultsFor(Duration.ofHours(1));
      assertThat(answer(engine, random)).isNotEqualTo(answer(engine, random));
    }

    @Test
    void isNotForTheClock() {
      groups().register(WITH_RESULTS);
      Query now =
          Query.sql("SELECT now()").workgroup("analysts").reuseResultsFor(Duration.ofHours(1));
      List<List<Object>> first = answer(engine, now);
      clock.advance(Duration.ofMinutes(1));
      assertThat(answer(engine, now)).isNotEqualTo(first);
    }

    @Test
    void needsAPlaceForResults() {
      groups().register(ANALYSTS);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      assertThat(stats(engine, AGAIN).reused()).isEqualTo(Reused.COMPUTED);
    }

    @Test
    void computesWhereTheFileIsGone() {
      groups().register(WITH_RESULTS);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      results().forEach(key -> lake.store(Zone.CURATED).delete(key));
      assertThat(stats(engine, AGAIN).reused()).isEqualTo(Reused.COMPUTED);
    }

    @Test
    void failsWhereTheFileIsDamagedAndNamesIt() {
      groups().register(WITH_RESULTS);
      assertThat(answer(engine, AGAIN)).hasSize(4);
      String rows = results().stream().filter(key -> key.endsWith(".rows")).findAny().orElseThrow();
      lake.store(Zone.CURATED).put(rows, new byte[] {1, 'i', 0}, PutOptions.defaults());

      assertThatThrownBy(() -> answer(engine, AGAIN))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "Cannot read object curated/"
                  + rows
                  + ": the file of an earlier result is damaged; delete it");
      assertThat(last().state()).isEqualTo(State.FAILED);
      lake.store(Zone.CURATED).delete(rows);
      assertThat(answer(engine, AGAIN)).hasSize(4);
    }

    @Test
    void keepsEveryType() {
      groups().register(WITH_RESULTS);
      Query types =
          Query.sql(
                  "SELECT true, TINYINT '1', SMALLINT '2', 3, BIGINT '4', REAL '1.5', DOUBLE '2.5',"
                      + " DECIMAL '1.20', 'it''s \"x\"', CAST('ab' AS varbinary), DATE '2024-01-01',"
                      + " TIMESTAMP '2024-01-01 01:02:03.456', TIMESTAMP '2024-01-01 01:02:03 UTC',"
                      + " INTERVAL '2' DAY, INTERVAL '3' MONTH, ARRAY[1, NULL], MAP(ARRAY['k'],"
                      + " ARRAY[1.5]), CAST(ROW(1, 'x') AS ROW(a integer, b varchar)), NULL,"
                      + " CAST('6b5f5b65-67e4-43b0-8ee3-586cd49f58a0' AS uuid),"
                      + " CAST(JSON '{\"a\":1}' AS json)")
              .workgroup("analysts")
              .reuseResultsFor(Duration.ofHours(1));
      List<List<Object>> first = answer(engine, types);
      assertThat(stats(engine, types).reused()).isEqualTo(Reused.REUSED);
      assertThat(answer(engine, types)).usingRecursiveComparison().isEqualTo(first);
    }
  }
}
