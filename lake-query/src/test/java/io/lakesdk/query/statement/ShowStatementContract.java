package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SHOW, DESCRIBE and EXPLAIN. */
abstract class ShowStatementContract extends WriteStatementContract {

  private static final Principal READER = Principal.role("reader");

  private List<Object> only(String sql) {
    return run(sql).stream().map(row -> row.get(0)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "SHOW TABLES,0",
    "EXPLAIN SELECT * FROM orders,0",
    "CREATE VIEW v AS SELECT id FROM orders,0",
    "DROP TABLE orders,0",
    "ALTER TABLE orders ADD COLUMNS (note string),0",
    "MSCK REPAIR TABLE orders,0",
    "EXPLAIN ANALYZE SELECT * FROM orders,10",
    "INSERT INTO orders SELECT * FROM orders,10",
    "CREATE TABLE copy AS SELECT id FROM orders,10",
  })
  void onlyStatementsThatReadDataCostSomething(String sql, long megabytes) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("sales"))) {
      assertThat(rows.stats().bill().bytes()).isEqualTo(megabytes << 20);
    }
  }

  @Nested
  class Show {

    @Test
    void listsTablesByName() {
      run("CREATE TABLE order_lines AS SELECT 1 AS x");
      run("CREATE TABLE other.clients AS SELECT 1 AS x");

      assertThat(only("SHOW TABLES")).containsExactly("order_lines", "orders");
      assertThat(only("show tables in `other`")).containsExactly("clients");
      assertThat(only("SHOW TABLES '*lines'")).containsExactly("order_lines");
      assertThat(only("SHOW TABLES IN sales LIKE 'ord.*s|x' -- and no more"))
          .containsExactly("order_lines", "orders");
      assertThat(only("SHOW TABLES 'ord'")).isEmpty();
      assertThat(only("SHOW TABLES IN nothing;")).isEmpty();
      assertThat(only("SHOW DATABASES")).containsExactly("other", "sales");
      assertThat(only("SHOW SCHEMAS LIKE 's*'")).containsExactly("sales");
    }

    @ParameterizedTest
    @CsvSource({
      "SHOW TABLES,tab_name",
      "SHOW DATABASES,database_name",
      "SHOW COLUMNS IN orders,field",
      "SHOW PARTITIONS orders,partition",
      "SHOW CREATE TABLE orders,createtab_stmt",
      "SHOW TBLPROPERTIES orders,prpt_name",
      "DESCRIBE orders,col_name",
      "EXPLAIN SELECT 1,Query Plan"
    })
    void hasAthenasColumns(String sql, String column) {
      try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("sales"))) {
        assertThat(rows.columns().get(0)).isEqualTo(new Rows.ResultColumn(column, "string"));
        assertThat(rows.asLists()).isNotEmpty();
      }
    }

    @Test
    void tellsColumnsAndPartitions() {
      assertThat(only("SHOW COLUMNS FROM orders FROM sales"))
          .containsExactly("id", "amount", "day", "country");
      assertThat(only("SHOW COLUMNS IN `sales`.`orders`")).hasSize(4);
      run("INSERT INTO orders VALUES (7, 1, NULL, 'a/b'), (8, 1, NULL, NULL)");
      assertThat(only("SHOW PARTITIONS sales.orders"))
          .containsExactlyInAnyOrder(
              "country=de", "country=fr", "country=a%2Fb", "country=__HIVE_DEFAULT_PARTITION__");
      run("CREATE TABLE flat AS SELECT 1 AS x");
      assertThat(failure("SHOW PARTITIONS flat", InvalidDefinitionException.class))
          .contains("sales.flat: it is not partitioned");
    }

    @Test
    void describesATable() {
      assertThat(run("DESCRIBE orders"))
          .containsExactly(
              List.of("id", "bigint", ""),
              List.of("amount", "decimal(4,2)", ""),
              List.of("day", "date", ""),
              List.of("country", "string", ""),
              List.of("", "", ""),
              List.of("# Partition Information", "", ""),
              List.of("# col_name", "data_type", "comment"),
              List.of("", "", ""),
              List.of("country", "string", ""));
      assertThat(run("SHOW TBLPROPERTIES orders ('classification')"))
          .containsExactly(List.of("classification", "parquet"));
      assertThat(run("SHOW TBLPROPERTIES orders"))
          .contains(List.of("EXTERNAL", "TRUE"), List.of("parquet.compression", "GZIP"));
      assertThat(run("SHOW TBLPROPERTIES orders('x')").get(0).get(1))
          .isEqualTo("Table sales.orders does not have property: x");
    }

    @Test
    void showsTheStatementThatWouldMakeATable() {
      assertThat(only("SHOW CREATE TABLE orders"))
          .startsWith(
              "CREATE EXTERNAL TABLE `sales.orders`(",
              "  `id` bigint,",
              "  `amount` decimal(4,2),",
              "  `day` date)",
              "PARTITIONED BY (",
              "  `country` string)",
              "ROW FORMAT SERDE",
              "  'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'")
          .contains("LOCATION", "  '" + location(io.lakesdk.Zone.CURATED, "sales/orders/") + "'");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            SHOW | line 1:5: the statement ends where TABLES, DATABASES,
            SHOW GRANTS | line 1:6: there is 'GRANTS' where TABLES, DATABASES,
            SHOW TABLES IN | a name is expected
            SHOW TABLES IN sales 'x' 'y' | there is a text where the end of SHOW TABLES is expected
            SHOW PARTITIONS orders PARTITION | there is 'PARTITION' where the end of SHOW PARTITIONS is expected
            SHOW COLUMNS orders | FROM or IN is expected
            SHOW TBLPROPERTIES orders (x) | a text in single quotes is expected
            SHOW TABLES 'x | line 1:13: a quote is not closed
            SHOW TABLES; SHOW TABLES | only one statement can be run at a time
            DESCRIBE FORMATTED orders | DESCRIBE EXTENDED and DESCRIBE FORMATTED are not supported
            DESCRIBE a.b.orders | Catalog 'a' does not exist
            SHOW COLUMNS IN `a``;DROP` | the database and the table are 1 to 128 letters
            EXPLAIN DELETE FROM orders | EXPLAIN of DELETE is not supported
            EXPLAIN (TYPE IO) SELECT 1 | EXPLAIN with options is not supported
            EXPLAIN ANALYZE VERBOSE SELECT 1 | EXPLAIN ANALYZE VERBOSE is not supported
            """)
    void refusesWhatIsWrong(String sql, String message) {
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
    }

    @Test
    void takesNoParameters() {
      try {
        run(lake, Query.sql("SHOW TABLES IN :x").bind("x", "sales"));
      } catch (LakeException e) {
        assertThat(e).hasMessageContaining("parameters stand in queries");
        return;
      }
      throw new AssertionError("nothing was refused");
    }

    @Test
    void tellsOnlyWhatThePrincipalMaySee() {
      run("CREATE TABLE secret AS SELECT 1 AS x");
      Security.of(lake).grant(Grant.select("id", "day").on("sales.orders").to(READER));
      Lake reader = lake.as(READER);

      assertThat(run(reader, "SHOW TABLES")).containsExactly(List.of("orders"));
      assertThat(run(reader, "SHOW DATABASES")).containsExactly(List.of("sales"));
      assertThat(run(reader, "SHOW COLUMNS IN orders"))
          .containsExactly(List.of("id"), List.of("day"));
      assertThat(run(reader, "DESCRIBE orders")).hasSize(2);
      assertThat(run(reader, "SHOW CREATE TABLE orders").toString())
          .doesNotContain("amount")
          .doesNotContain("country");
      failure(reader, "SHOW PARTITIONS orders", LakeException.class);
      for (String what : List.of("DESCRIBE ", "SHOW COLUMNS IN ", "SHOW PARTITIONS ")) {
        String hidden = failure(reader, what + "secret", NotFoundException.class);
        String absent = failure(reader, what + "absent", NotFoundException.class);
        assertThat(hidden.replace("secret", "absent")).isEqualTo(absent);
      }
      failure(reader, "EXPLAIN SELECT amount FROM orders", AccessDeniedException.class);
      assertThat(run(reader, "EXPLAIN SELECT * FROM orders").get(0))
          .containsExactly("Output[id:bigint, day:date]");
    }
  }

  @Nested
  class Explaining {

    @Test
    void tellsWhatAQueryReads() {
      List<Object> lines = only("EXPLAIN SELECT id FROM orders WHERE country = 'fr'");
      assertThat(lines)
          .startsWith(
              "Output[id:bigint]",
              "- TableScan[sales.orders, version 1]",
              "      columns: country, id",
              "      partitions: 1 of 2",
              "      files: 1 of 2");
      assertThat(lines.get(5).toString()).matches("      bytes: [1-9][0-9]+");
    }

    @Test
    void runsTheQueryIfItIsToldTo() {
      assertThat(only("EXPLAIN ANALYZE SELECT id FROM orders WHERE id > 1"))
          .startsWith("Output[id:bigint]", "      rows: 2", "- TableScan[sales.orders, version 1]");
      failure("EXPLAIN ANALYZE SELECT 1 / (id - 1) FROM orders", LakeException.class);
      assertThat(only("EXPLAIN SELECT 1 / (id - 1) FROM orders")).hasSize(6);
    }
  }
}
