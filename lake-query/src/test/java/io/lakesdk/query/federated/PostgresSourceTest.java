package io.lakesdk.query.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.Uninterruptibles;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresSourceTest extends FederatedSourceContract {

  private static Postgres postgres;

  private final Recorder recorder = new Recorder(postgres.database());

  @BeforeAll
  static void start() throws Exception {
    postgres = Postgres.start();
    postgres.run(
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.customers (id bigint PRIMARY KEY, name text, country varchar(2) NOT"
            + " NULL, credit numeric(38, 9), since date)",
        "INSERT INTO shop.customers VALUES (1, 'Ada', 'de', 10.5, '2020-01-31'), (2, 'ada', 'fr',"
            + " -3, '2021-06-01'), (3, 'it''s \"so\"', 'de', NULL, NULL), (4, NULL, 'it', 0,"
            + " '1969-12-31'), (5, 'Örsted', 'dk', 99999.99, '2024-02-29')",
        "CREATE TABLE shop.times (id int, at timestamp, moment timestamptz)",
        "INSERT INTO shop.times VALUES (1, '2024-01-01 00:00:00.123456', '2024-01-01"
            + " 01:00:00.123456+01'), (2, '2024-01-01 00:00:00.124', '2024-01-01 00:00:00.124Z'),"
            + " (3, '1969-12-31 23:59:59.999999', '1969-12-31 23:59:59.999999Z'), (4, NULL, NULL)",
        "CREATE TABLE shop.\"Odd \"\"Names\"\"\" (x int)",
        "CREATE TABLE shop.\"CamelCase\" (\"Select\" int, \"a\"\"b\" int)",
        "INSERT INTO shop.\"CamelCase\" VALUES (1, 2)",
        "CREATE TABLE shop.twins (x int)",
        "CREATE TABLE shop.\"Twins\" (x int)",
        "CREATE TABLE shop.\"TWINS\" (x int)",
        "CREATE TABLE shop.\"Pairs\" (x int)",
        "CREATE TABLE shop.\"pAIRS\" (x int)",
        "CREATE VIEW shop.numbers AS SELECT n::bigint AS n, repeat('x', 100) AS text FROM"
            + " generate_series(1, 1000000) AS g(n)");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @AfterEach
  void everyConnectionIsGivenBack() {
    soon(() -> assertThat(recorder.out).hasValue(0));
  }

  @Override
  FederatedSource source() {
    return FederatedSource.jdbc(recorder.dataSource());
  }

  private String pushed(String sql) {
    recorder.statements.clear();
    recorder.values.clear();
    answer(sql);
    return String.join("; ", recorder.statements);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT name FROM t WHERE id = 3 | SELECT id, name FROM t WHERE id = ?",
        "SELECT count(*) FROM t | SELECT 1 FROM t",
        "SELECT id FROM t LIMIT 3 | SELECT id FROM t LIMIT 3",
        "SELECT id FROM t OFFSET 1 LIMIT 3 | SELECT id FROM t LIMIT 4",
        "SELECT id FROM t ORDER BY id LIMIT 3 | SELECT id FROM t",
        "SELECT id FROM t WHERE id > 1 LIMIT 3 | SELECT id FROM t WHERE id > ?",
        "SELECT id FROM t WHERE id IN (1, 2) | SELECT id FROM t WHERE id IN (?, ?)",
        "SELECT id FROM t WHERE id BETWEEN 1 AND 2 | SELECT id FROM t WHERE (id >= ? AND id <= ?)",
        "SELECT id FROM t WHERE name = 'x' | SELECT id, name FROM t WHERE name = ?",
        "SELECT id FROM t WHERE name <> 'x' | SELECT id, name FROM t",
        "SELECT id FROM t WHERE name < 'x' | SELECT id, name FROM t",
        "SELECT id FROM t WHERE name = '' | SELECT id, name FROM t",
        "SELECT id FROM t WHERE name IS NULL | SELECT id, name FROM t WHERE name IS NULL",
        "SELECT id FROM t WHERE credit > 1.5 | SELECT id, credit FROM t WHERE credit > ?",
        "SELECT id FROM t WHERE since <= DATE '2020-01-01' | SELECT id, since FROM t WHERE since <="
            + " ?",
        "SELECT id FROM t WHERE id = 1 OR name LIKE 'a%' | SELECT id, name FROM t",
        "SELECT id FROM t WHERE id = 1 AND name LIKE 'a%' | SELECT id, name FROM t WHERE id = ?",
        "SELECT id FROM t WHERE id = 1 OR country = 'de' | SELECT id, country FROM t WHERE (id = ?"
            + " OR country = ?)",
        "SELECT id FROM t WHERE id + 1 = 2 | SELECT id FROM t",
      })
  void columnsConditionsAndLimitsArrive(String sql, String arrives) {
    String quoted =
        arrives
            .replaceAll("\\b(id|name|country|credit|since)\\b", "\"$1\"")
            .replace(" t", " \"shop\".\"customers\"");
    assertThat(pushed(sql.replace(" t", " crm.shop.customers"))).isEqualTo(quoted);
  }

  @Test
  void valuesAreParameters() {
    pushed(
        "SELECT id FROM crm.shop.customers WHERE name = 'it''s \"so\"; DROP TABLE x' AND id = 7");
    assertThat(recorder.statements.toString()).doesNotContain("DROP", "7");
    assertThat(recorder.values).containsExactlyInAnyOrder("it's \"so\"; DROP TABLE x", 7L);
  }

  @Test
  void manyValuesArePushedOnlyUpToABound() {
    String values = "1" + ", 1".repeat(1000);
    assertThat(pushed("SELECT id FROM crm.shop.customers WHERE id IN (" + values + ")"))
        .doesNotContain("WHERE");
  }

  @Test
  void timesHaveMillisecondsAndConditionsFindThem() {
    assertThat(answer("SELECT at, moment FROM crm.shop.times ORDER BY id").get(0))
        .containsExactly(
            LocalDateTime.parse("2024-01-01T00:00:00.123"),
            LocalDateTime.parse("2024-01-01T00:00:00.123"));
    for (String column : List.of("at", "moment")) {
      assertThat(times(column + " = TIMESTAMP '2024-01-01 00:00:00.123'")).isEqualTo("[1]");
      assertThat(times(column + " > TIMESTAMP '2024-01-01 00:00:00.123'")).isEqualTo("[2]");
      assertThat(times(column + " <= TIMESTAMP '2024-01-01 00:00:00.123'")).isEqualTo("[3, 1]");
      assertThat(times(column + " < TIMESTAMP '1970-01-01 00:00:00'")).isEqualTo("[3]");
      assertThat(times(column + " <> TIMESTAMP '2024-01-01 00:00:00.124'")).isEqualTo("[3, 1]");
    }
    assertThat(pushed("SELECT id FROM crm.shop.times WHERE at > TIMESTAMP '2024-01-01 00:00:00'"))
        .contains("WHERE \"at\" >= ?");
  }

  private String times(String condition) {
    return answer("SELECT id FROM crm.shop.times WHERE " + condition + " ORDER BY at").stream()
        .map(row -> row.get(0))
        .toList()
        .toString();
  }

  @Test
  void everyTypeHasOneOrIsRefusedByName() throws SQLException {
    postgres.run(
        "DROP TABLE IF EXISTS shop.types",
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE shop.types (b boolean, i2 smallint, i4 int, i8 bigint, r real, d double"
            + " precision, n numeric(5, 2), c char(3), v varchar(5), t text, x bytea, u uuid, j"
            + " jsonb, ia int[], ta text[], m mood, unbounded numeric, span interval, daytime time,"
            + " cash money, bits bit(3), na numeric[])",
        "INSERT INTO shop.types VALUES (true, -2, -4, -8, 1.5, 2.5, 123.45, 'ab', 'cd', 'ef',"
            + " '\\x00ff', '00000000-0000-0000-0000-000000000001', '{\"a\": 1}', '{1,NULL,3}',"
            + " '{x,y}', 'happy', 1.5, '1 day', '12:00', 5, B'101', '{1.5}')");
    List<Object> row =
        answer(
                "SELECT b, i2, i4, i8, r, d, n, c, v, t, to_hex(x), u, j, ia, ta, m FROM"
                    + " crm.shop.types")
            .get(0);
    assertThat(row)
        .isEqualTo(
            Arrays.asList(
                true,
                (short) -2,
                -4,
                -8L,
                1.5f,
                2.5,
                new BigDecimal("123.45"),
                "ab ",
                "cd",
                "ef",
                "00FF",
                "00000000-0000-0000-0000-000000000001",
                "{\"a\": 1}",
                Arrays.asList(1, null, 3),
                List.of("x", "y"),
                "happy"));
    assertThat(answer("SELECT count(*) FROM crm.shop.types WHERE m = 'happy' AND c = 'ab'"))
        .containsExactly(List.of(1L));
    for (String column : List.of("unbounded", "span", "daytime", "cash", "bits", "na")) {
      assertThatThrownBy(() -> answer("SELECT " + column + " FROM crm.shop.types"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(
              "Cannot read column " + column + " of dataset crm.shop.types: its type")
          .hasMessageContaining("make a view in the database that casts it");
    }
    assertThatThrownBy(() -> answer("SELECT * FROM crm.shop.types"))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date 'infinity'",
        "timestamp '-infinity'",
        "timestamptz 'infinity'",
        "'NaN'::numeric(5,2)",
        "ARRAY[ARRAY[1, 2], ARRAY[3, 4]]"
      })
  void valuesThatNoTypeHoldsAreNamedByTheirColumn(String value) throws SQLException {
    postgres.run(
        "DROP TABLE IF EXISTS shop.odd",
        "CREATE TABLE shop.odd AS SELECT 1 AS id, " + value + " AS v");
    if (value.contains("numeric")) {
      postgres.run("ALTER TABLE shop.odd ALTER COLUMN v TYPE numeric(5, 2)");
    }
    assertThat(answer("SELECT id FROM crm.shop.odd")).hasSize(1);
    assertThatThrownBy(() -> answer("SELECT v FROM crm.shop.odd"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("Cannot read dataset crm.shop.odd: a value");
  }

  @Test
  void namesOfAnyCaseAreFoundAndQuoted() {
    assertThat(answer("SELECT * FROM crm.shop.camelcase WHERE \"a\"\"b\" = 2"))
        .containsExactly(List.of(1, 2));
    assertThat(answer("SELECT * FROM crm.shop.twins")).isEmpty();
    assertThatThrownBy(() -> answer("SELECT * FROM crm.shop.pairs"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("several tables whose names differ only in case");
    assertThatThrownBy(() -> answer("SELECT * FROM crm.shop.\"odd \"\"names\"\"\""))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() -> answer("SELECT * FROM crm.pg_catalog.pg_authid"))
        .hasMessageContaining("the source has no such table");
  }

  @Test
  void rowsStreamAndAnEarlyEndLeavesTheRest() {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql("SELECT n, text FROM crm.shop.numbers"))) {
      Iterator<List<Object>> some = rows.asLists().iterator();
      assertThat(some.next()).hasSize(2);
      assertThat(rows.stats().sourceRows().orElse(0)).isBetween(1L, 900_000L);
    }
    assertThat(answer("SELECT count(*), sum(n) FROM crm.shop.numbers"))
        .containsExactly(List.of(1_000_000L, 500_000_500_000L));
  }

  @Test
  void aStatementThatWaitsForTheDatabaseIsCancelled() throws Exception {
    postgres.run(
        "CREATE OR REPLACE VIEW shop.slow AS SELECT 1 AS x, pg_sleep(60)::text AS nothing");
    CompletableFuture<Runnable> cancel = new CompletableFuture<>();
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try (Rows rows =
                  QueryEngine.of(lake)
                      .run(Query.sql("SELECT nothing FROM crm.shop.slow"), cancel::complete)) {
                return new AssertionError(rows.asLists().toList().toString());
              } catch (RuntimeException e) {
                return e;
              }
            });
    Runnable stop = cancel.get(10, TimeUnit.SECONDS);
    soon(() -> assertThat(sleeping()).isEqualTo(1));
    stop.run();
    assertThat(failure.get(10, TimeUnit.SECONDS))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it was cancelled");
    soon(() -> assertThat(sleeping()).isZero());
    assertThatThrownBy(
            () -> {
              Query limited =
                  Query.sql("SELECT nothing FROM crm.shop.slow").timeout(Duration.ofMillis(500));
              try (Rows rows = QueryEngine.of(lake).run(limited)) {
                assertThat(rows.asLists()).isEmpty();
              }
            })
        .isInstanceOf(UnavailableException.class);
    soon(() -> assertThat(sleeping()).isZero());
  }

  /** Until it holds, for ten seconds. */
  private static void soon(ThrowingCallable assertion) {
    for (int i = 0; i < 1000; i++) {
      if (catchThrowable(assertion) == null) {
        return;
      }
      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(10));
    }
    assertThatCode(assertion).doesNotThrowAnyException();
  }

  private static long sleeping() throws SQLException {
    return count(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE"
            + " '%shop\".\"slow%' AND pid <> pg_backend_pid()");
  }

  private static long count(String sql) throws SQLException {
    try (var connection = postgres.database().getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  @Test
  void aConnectionThatIsLostFailsTheStatement() throws Exception {
    List<Object> read = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (Rows rows =
                  QueryEngine.of(lake).run(Query.sql("SELECT n, text FROM crm.shop.numbers"))) {
                Iterator<List<Object>> all = rows.asLists().iterator();
                read.add(all.next());
                count(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE"
                        + " '%shop\".\"numbers%' AND pid <> pg_backend_pid()");
                all.forEachRemaining(read::add);
              }
            })
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Cannot read dataset crm.shop.numbers: there is no connection");
    assertThat(read).hasSizeBetween(1, 999_999);
    assertThat(answer("SELECT count(*) FROM crm.shop.customers")).containsExactly(List.of(5L));
  }

  @Test
  void aTableThatChangesMeanwhileIsNoticed() throws Exception {
    postgres.run("DROP TABLE IF EXISTS shop.moving", "CREATE TABLE shop.moving (a int, b int)");
    FederatedTable table =
        source().find(new FederatedSource.TableName("shop", "moving")).orElseThrow();
    Federation.of(lake)
        .register(
            "stale",
            new FederatedSource() {
              @Override
              public List<TableName> tables() {
                return List.of();
              }

              @Override
              public java.util.Optional<FederatedTable> find(TableName name) {
                return java.util.Optional.of(table);
              }
            });
    postgres.run("ALTER TABLE shop.moving DROP COLUMN b");
    assertThatThrownBy(() -> answer("SELECT b FROM stale.shop.moving"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the table was changed or removed while it was read");
  }

  @Test
  void credentialsAreToldToNobody() {
    PGSimpleDataSource wrong = new PGSimpleDataSource();
    wrong.setServerNames(new String[] {"localhost"});
    wrong.setPortNumbers(new int[] {1});
    wrong.setUser("somebody");
    wrong.setPassword("sesame");
    Federation.of(lake).register("wrong", FederatedSource.jdbc(wrong));
    assertThatThrownBy(() -> answer("SELECT 1 FROM wrong.shop.customers"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("there is no connection to the database")
        .hasMessageNotContainingAny("sesame", "somebody", "localhost")
        .hasNoCause();
  }

  @Test
  void datesOfTheLakeAndTheDatabaseAreTheSame() {
    assertThat(answer("SELECT since FROM crm.shop.customers WHERE id = 4"))
        .containsExactly(List.of(LocalDate.of(1969, 12, 31)));
  }
}
