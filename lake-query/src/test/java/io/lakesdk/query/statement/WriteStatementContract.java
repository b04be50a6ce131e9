package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.access.Action;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Lineage;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.event.AccessDecidedEvent;
import io.lakesdk.publish.Publishing;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT INTO, CREATE TABLE AS and DROP TABLE. */
abstract class WriteStatementContract extends StatementFixture {

  private static final DatasetId ORDERS = DatasetId.parse("sales.orders");
  private static final Principal CLERK = Principal.role("clerk");

  @Nested
  class Insert {

    @Test
    void appendsRowsByThePlaceOfTheirColumns() {
      assertThat(run("INSERT INTO orders VALUES (4, 1.5, DATE '2024-02-01', 'it''s')")).isEmpty();
      run("INSERT INTO sales.orders SELECT id + 10, amount, day, country FROM orders WHERE id = 1");

      assertThat(run("SELECT id, amount, day, country FROM orders WHERE id > 3 ORDER BY 1"))
          .containsExactly(
              List.of(4L, new BigDecimal("1.50"), LocalDate.of(2024, 2, 1), "it's"),
              List.of(11L, new BigDecimal("10.50"), LocalDate.of(2024, 1, 1), "de"));
      assertThat(Publishing.of(lake).history(Catalog.of(lake).dataset(ORDERS))).hasSize(3);
    }

    @Test
    void leavesColumnsThatAreNotNamedNull() {
      run("INSERT INTO orders (country, id) VALUES ('us', 4), (NULL, 5)");

      assertThat(run("SELECT * FROM orders WHERE id > 3 ORDER BY id"))
          .containsExactly(
              Arrays.asList(4L, null, null, "us"), Arrays.asList(5L, null, null, null));
      assertThat(run("SELECT id FROM orders WHERE country IS NULL")).containsExactly(List.of(5L));
    }

    @Test
    void takesParametersAndLimits() {
      Query insert =
          Query.sql("INSERT INTO orders (id, country) SELECT id + :more, country FROM orders")
              .in("sales")
              .bind("more", 10);
      assertThatThrownBy(() -> run(lake, insert.scanAtMost(1)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("scanAtMost");
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));

      run(lake, insert);
      assertThat(run("SELECT count(*) FROM orders WHERE id > 10")).containsExactly(List.of(3L));
    }

    @Test
    void castsAsAthenaDoes() {
      run("CREATE TABLE t AS SELECT 1 AS whole, CAST('ab' AS varchar(2)) AS text, 1e0 AS number");

      run("INSERT INTO t VALUES (BIGINT '7', 'x', 3), (2.6, 'yz', 0.5)");
      assertThat(run("SELECT whole, text, number FROM t WHERE whole > 1 ORDER BY 1"))
          .containsExactly(List.of(3, "yz", 0.5), List.of(7, "x", 3.0));

      assertThat(failure("INSERT INTO t VALUES ('1', 'x', 3)", InvalidDefinitionException.class))
          .contains(
              "Insert query has mismatched column types: Table: [integer, varchar(2), double],"
                  + " Query: [varchar(1), varchar(1), integer]");
      assertThat(failure("INSERT INTO t VALUES (1, 'x')", InvalidDefinitionException.class))
          .contains("mismatched column types");
      assertThat(failure("INSERT INTO t VALUES (1, 'xyz', 3)", BadDataException.class))
          .contains("column text")
          .doesNotContain("xyz");
      failure("INSERT INTO t VALUES (3000000000, 'x', 3)", LakeException.class);
      assertThat(run("SELECT count(*) FROM t")).containsExactly(List.of(3L));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            INSERT INTO orders (nothing) VALUES (1) | line 1:21: Insert column name does not exist in target table: nothing
            INSERT INTO orders (id, ID) VALUES (1, 2) | Insert column name is specified more than once: id
            INSERT INTO other.cat.orders VALUES (1) | Catalog 'other' does not exist
            INSERT INTO "orders"";DROP" VALUES (1) | the database and the table are 1 to 128 letters
            INSERT INTO "../../x" VALUES (1) | the database and the table are 1 to 128 letters
            INSERT INTO orders SELECT 1 | mismatched column types
            """)
    void refusesWhatIsWrong(String sql, String message) {
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));
    }

    @Test
    void suggestsTablesToTheAdministrator() {
      assertThat(failure("INSERT INTO ordrs VALUES (1)", NotFoundException.class))
          .contains("sales.orders");
    }

    @Test
    void addsUpTo100Partitions() {
      run(many(100));
      assertThat(run("SELECT count(DISTINCT country) FROM orders WHERE id > 99"))
          .containsExactly(List.of(100L));

      assertThat(failure(many(101), InvalidDefinitionException.class))
          .contains("rows of 101 partitions, and Athena takes 100 in one statement");
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(103L));
    }

    private static String many(int partitions) {
      return "INSERT INTO orders SELECT n, NULL, NULL, 'p' || CAST(n AS varchar) FROM"
          + " UNNEST(sequence(100, "
          + (99 + partitions)
          + ")) AS t(n)";
    }

    @Test
    void isInTheLineage() {
      run("CREATE TABLE totals AS SELECT country, count(*) AS n FROM orders GROUP BY 1");

      Lineage lineage = Catalog.of(lake).lineage(DatasetId.parse("sales.totals"));
      assertThat(lineage.upstream())
          .extracting(Lineage.Step::toString)
          .containsExactly("sales.orders -> sales.totals via CREATE TABLE AS");
    }

    @Test
    void ofTwoAtOnceBothLand() throws Exception {
      ExecutorService both = Executors.newFixedThreadPool(2);
      try {
        List<Callable<List<List<Object>>>> inserts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          String sql = "INSERT INTO orders VALUES (" + (100 + i) + ", 1, NULL, 'de')";
          inserts.add(() -> run(sql));
        }
        for (Future<List<List<Object>>> done : both.invokeAll(inserts)) {
          assertThat(done.get()).isEmpty();
        }
      } finally {
        both.shutdownNow();
      }
      assertThat(run("SELECT count(*), count(DISTINCT id) FROM orders WHERE id >= 100"))
          .containsExactly(List.of(10L, 10L));
    }
  }

  @Nested
  class CreateTableAs {

    @Test
    void makesATableOfTheQuerysColumns() {
      Dataset orders = Catalog.of(lake).dataset(ORDERS);

      assertThat(orders.zone()).isEqualTo(Zone.CURATED);
      assertThat(orders.location()).isEqualTo("sales/orders/");
      assertThat(orders.format()).isEqualTo(Format.parquet(Format.Compression.GZIP));
      assertThat(orders.schema().columns())
          .containsExactly(
              Column.of("id", DataType.BIGINT),
              Column.of("amount", new DecimalType(4, 2)),
              Column.of("day", DataType.DATE));
      assertThat(orders.partitions()).containsExactly(Column.of("country", DataType.STRING));
      assertThat(run("SELECT id, country FROM orders ORDER BY 1"))
          .containsExactly(List.of(1L, "de"), List.of(2L, "de"), List.of(3L, "fr"));
    }

    @Test
    void tellsAthenasColumnOfTheAnswer() {
      try (Rows rows =
          QueryEngine.of(lake).run(Query.sql("CREATE TABLE t AS SELECT 1 AS x").in("sales"))) {
        assertThat(rows.columns()).containsExactly(new Rows.ResultColumn("rows", "bigint"));
        assertThat(rows.asMaps()).isEmpty();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "format = 'PARQUET', write_compression = 'zstd'",
          "format = 'parquet', parquet_compression = 'SNAPPY'",
          "format = 'JSON'",
          "format = 'TEXTFILE', write_compression = 'NONE'",
          "format = 'TEXTFILE', field_delimiter = ';'",
          "table_type = 'HIVE', is_external = true"
        })
    void writesWhatItReadsInEveryFormat(String properties) {
      run(
          "CREATE TABLE t WITH ("
              + properties
              + ") AS SELECT id, 'a,b\"c' AS text, day FROM orders");
      assertThat(run("SELECT id, text, day FROM t ORDER BY 1"))
          .containsExactly(
              List.of(1L, "a,b\"c", LocalDate.of(2024, 1, 1)),
              List.of(2L, "a,b\"c", LocalDate.of(2024, 1, 2)),
              Arrays.asList(3L, "a,b\"c", null));
    }

    @Test
    void isWhereItsExternalLocationSays() {
      String uri = location(Zone.CLEANED, "made/here/");
      run("CREATE TABLE t WITH (external_location = '" + uri + "') AS SELECT 1 AS x");

      Dataset table = Catalog.of(lake).dataset(DatasetId.parse("sales.t"));
      assertThat(table.zone()).isEqualTo(Zone.CLEANED);
      assertThat(table.location()).isEqualTo("made/here/");
      String again = "CREATE TABLE u WITH (external_location = '" + uri + "') AS SELECT 1 AS x";
      assertThat(failure(again, InvalidDefinitionException.class)).contains("sales.t overlap");

      run("DROP TABLE t");
      lake.store(Zone.CLEANED).put("made/here/x.txt", new byte[] {1}, PutOptions.defaults());
      assertThat(failure(again, AlreadyExistsException.class))
          .contains("location cleaned/made/here/, which must be empty");
      assertThat(isTable("u")).isFalse();
    }

    @Test
    void withoutDataIsAnEmptyTable() {
      run("CREATE TABLE t AS SELECT * FROM orders WITH NO DATA");
      assertThat(run("SELECT * FROM t")).isEmpty();
      run("INSERT INTO t SELECT * FROM orders");
      assertThat(run("SELECT count(*) FROM t")).containsExactly(List.of(3L));
    }

    @Test
    void ofNoRowsIsAnEmptyTable() {
      run("CREATE TABLE t AS SELECT * FROM orders WHERE id > 100");
      assertThat(run("SELECT * FROM t")).isEmpty();
    }

    @Test
    void leavesATableThatIsThere() {
      assertThat(failure("CREATE TABLE orders AS SELECT 1 AS x", AlreadyExistsException.class))
          .isEqualTo(
              "Cannot create dataset sales.orders: there is a dataset of that name; DROP TABLE it"
                  + " first, or INSERT INTO it");
      assertThat(run("CREATE TABLE IF NOT EXISTS orders AS SELECT 1 AS x")).isEmpty();
      assertThat(run("SELECT count(id) FROM orders")).containsExactly(List.of(3L));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            CREATE TABLE t WITH (bucketed_by = ARRAY['x']) AS SELECT 1 AS x | bucketed_by and bucket_count must be specified together
            CREATE TABLE t WITH (format = 'ION') AS SELECT 1 AS x | the table property format is 'PARQUET', 'ORC', 'AVRO', 'TEXTFILE' or 'JSON'
            CREATE TABLE t WITH (format = 'ORC', write_compression = 'GZIP') AS SELECT 1 AS x | the table property write_compression is 'GZIP', 'SNAPPY', 'ZSTD' or 'NONE' of PARQUET, 'ZLIB', 'SNAPPY', 'LZ4'
            CREATE TABLE t WITH (table_type = 'ICEBERG') AS SELECT 1 AS x | the table property table_type is 'HIVE'
            CREATE TABLE t WITH (write_compression = 'LZ4') AS SELECT 1 AS x | the table property write_compression is
            CREATE TABLE t WITH (format = 'JSON', write_compression = 'ZLIB') AS SELECT 1 AS x | the table property write_compression is
            CREATE TABLE t WITH (field_delimiter = ',') AS SELECT 1 AS x | the table property field_delimiter is one character, of TEXTFILE
            CREATE TABLE t WITH (format = 'AVRO', orc_compression = 'ZLIB') AS SELECT 1 AS x | the table property orc_compression is 'ZLIB', 'SNAPPY', 'LZ4', 'ZSTD' or 'NONE', of ORC
            CREATE TABLE t WITH (format = 'ORC', orc_compression = 'ZLIB', write_compression = 'ZLIB') AS SELECT 1 AS x | write_compression and orc_compression are given; keep one
            CREATE TABLE t WITH (format = 'TEXTFILE', field_delimiter = '\u0002') AS SELECT 1 AS x | field_delimiter is one character, of TEXTFILE
            CREATE TABLE t WITH (external_location = 'file:///etc/') AS SELECT 1 AS x | the table property external_location is a folder of one of the lake's zones
            CREATE TABLE t WITH (external_location = 's3://Cur_ated/x/') AS SELECT 1 AS x | Cannot
            CREATE TABLE t WITH (partitioned_by = ARRAY['x']) AS SELECT 1 AS x, 2 AS y | Partition keys must be the last columns
            CREATE TABLE t WITH (partitioned_by = ARRAY['x']) AS SELECT 1 AS x | Table contains only partition columns
            CREATE TABLE t WITH (partitioned_by = 'x') AS SELECT 1 AS x | partitioned_by is an array of names
            CREATE TABLE t WITH (format = 1) AS SELECT 1 AS x | the table property format is a text
            CREATE TABLE t AS SELECT 1 | Column name not specified at position 1
            CREATE TABLE t AS SELECT 1 AS x, 2 AS X | Column name 'x' specified more than once
            CREATE TABLE t AS SELECT NULL AS x | column x is unknown, which no table can hold
            CREATE TABLE t AS SELECT current_timestamp AS x | column x is timestamp(3) with time zone, which no table can hold
            CREATE TABLE t AS SELECT TIMESTAMP '2024-01-01 00:00:00.123456' AS x | column x is timestamp(6), which no table can hold
            CREATE OR REPLACE TABLE t AS SELECT 1 AS x | CREATE OR REPLACE TABLE is not supported
            CREATE TABLE t (x) AS SELECT 1 AS x | a list of columns before AS
            CREATE TABLE t COMMENT 'c' AS SELECT 1 AS x | COMMENT is not supported
            CREATE TABLE "a/../b" AS SELECT 1 AS x | the database and the table are 1 to 128 letters
            CREATE TABLE t (x int) | CREATE TABLE is not supported
            """)
    void refusesWhatIsWrong(String sql, String message) {
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
      assertThat(Catalog.of(lake).list()).hasSize(1);
      assertThat(objects(Zone.CURATED, "sales/t/")).isEmpty();
    }

    @Test
    void ofManyAtOnceOneSucceeds() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Callable<Boolean>> creations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String sql = "CREATE TABLE t AS SELECT " + i + " AS x";
          creations.add(() -> succeeds(sql));
        }
        int made = 0;
        for (Future<Boolean> done : threads.invokeAll(creations)) {
          made += done.get() ? 1 : 0;
        }
        assertThat(made).isEqualTo(1);
      } finally {
        threads.shutdownNow();
      }
      assertThat(run("SELECT count(*) FROM t")).containsExactly(List.of(1L));
    }

    private boolean succeeds(String sql) {
      try {
        run(sql);
        return true;
      } catch (LakeException taken) {
        return false;
      }
    }
  }

  /** The URI of a folder as statements write it. */
  String location(Zone zone, String folder) {
    return "s3://" + zone + "/" + folder;
  }

  @Nested
  class DropTable {

    @Test
    void removesTheTableAndItsData() {
      assertThat(run("DROP TABLE orders")).isEmpty();
      assertThat(isTable("orders")).isFalse();
      assertThat(objects(Zone.CURATED, "sales/orders/")).isEmpty();
      run("CREATE TABLE orders AS SELECT 9 AS x");
      assertThat(run("SELECT * FROM orders")).containsExactly(List.of(9));
    }

    @Test
    void ofWhatIsNotThereIsRefusedUnlessItSaysSo() {
      failure("DROP TABLE nothing", NotFoundException.class);
      assertThat(run("DROP TABLE IF EXISTS nothing")).isEmpty();
      failure("DROP TABLE \"x\"\"y\"", InvalidDefinitionException.class);
      failure("DROP TABLE orders, orders", InvalidDefinitionException.class);
      run("DROP TABLE `sales`.`orders`");
      assertThat(isTable("orders")).isFalse();
    }
  }

  @Nested
  class Access {

    private final List<AccessDecidedEvent> decided = new ArrayList<>();

    private Lake clerk(Grant... grants) {
      Security security = Security.of(lake);
      for (Grant grant : grants) {
        security.grant(grant);
      }
      lake.listen(
          event -> {
            if (event instanceof AccessDecidedEvent decision) {
              decided.add(decision);
            }
          });
      return lake.as(CLERK);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "INSERT INTO orders VALUES (4, 1, NULL, 'de')",
          "CREATE TABLE t AS SELECT 1 AS x",
          "DROP TABLE orders"
        })
    void withoutWriteIsRefusedAndAudited(String sql) {
      Lake clerk = clerk(Grant.select().on("sales.orders").to(CLERK));

      assertThat(failure(clerk, sql, AccessDeniedException.class)).contains("write");
      assertThat(decided)
          .anySatisfy(
              decision -> {
                assertThat(decision.request().principal()).isEqualTo(CLERK);
                assertThat(decision.request().action()).isEqualTo(Action.WRITE);
                assertThat(decision.decision().isAllowed()).isFalse();
              });
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));
      assertThat(isTable("t")).isFalse();
    }

    @Test
    void toWhatIsReadIsAskedForToo() {
      Lake clerk =
          clerk(
              Grant.write().on(Zone.CURATED).to(CLERK),
              Grant.select("id", "country").on("sales.orders").where("country = 'de'").to(CLERK));

      failure(clerk, "CREATE TABLE t AS SELECT amount FROM orders", AccessDeniedException.class);
      run(clerk, "CREATE TABLE t AS SELECT * FROM orders");
      assertThat(run("SELECT * FROM t ORDER BY id"))
          .containsExactly(List.of(1L, "de"), List.of(2L, "de"));
    }

    @Test
    void doesNotTellWhatIsHiddenFromWhatIsNotThere() {
      Lake clerk = clerk();
      String hidden = failure(clerk, "INSERT INTO orders VALUES (1)", AccessDeniedException.class);
      String absent = failure(clerk, "INSERT INTO absent VALUES (1)", AccessDeniedException.class);
      assertThat(hidden.replace("orders", "absent")).isEqualTo(absent);
    }
  }
}
