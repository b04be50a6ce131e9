package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views: making, reading, showing and dropping them. */
abstract class ViewStatementContract extends ViewAccessContract {

  private static final DatasetId V = DatasetId.parse("sales.v");

  private List<Object> only(String sql) {
    return run(sql).stream().map(row -> row.get(0)).toList();
  }

  private String stale(String sql) {
    return failure(sql, InvalidDefinitionException.class);
  }

  @Nested
  class Reading {

    @Test
    void aViewShowsWhatItsTablesHoldNow() {
      assertThat(
              run(
                  "CREATE VIEW totals AS SELECT country, sum(amount) AS total, count(*) AS orders"
                      + " FROM orders GROUP BY country"))
          .isEmpty();
      assertThat(run("SELECT * FROM totals ORDER BY country"))
          .startsWith(List.of("de", new BigDecimal("30.75"), 2L));

      run("INSERT INTO orders VALUES (4, 1.00, NULL, 'de')");
      assertThat(run("SELECT t.total FROM sales.totals t WHERE t.country = 'de'"))
          .containsExactly(List.of(new BigDecimal("31.75")));
      assertThat(run("SELECT sales.totals.orders FROM awsdatacatalog.sales.totals WHERE total > 1"))
          .containsExactly(List.of(3L));
    }

    @Test
    void namesInItAreThoseOfTheDatabaseInWhichItWasMade() {
      run("CREATE TABLE other.orders AS SELECT 77 AS x");
      run("CREATE VIEW other.v AS SELECT id FROM orders");

      assertThat(run(lake, Query.sql("SELECT max(id) FROM v").in("other")))
          .containsExactly(List.of(3L));
      // What WITH names around it is not seen in it.
      assertThat(run("WITH orders AS (SELECT 1 AS id) SELECT max(id) FROM other.v"))
          .containsExactly(List.of(3L));
    }

    @Test
    void conditionsAroundAViewChooseThePartitionsOfItsTables() {
      run("CREATE VIEW v AS SELECT id, upper(country) AS loud, country AS land FROM orders");
      run("CREATE VIEW w AS SELECT land AS place, id FROM v WHERE id > 0");

      for (String sql :
          List.of(
              "SELECT id FROM v WHERE land = 'fr'",
              "SELECT id FROM w WHERE place = 'fr'",
              "SELECT x.id FROM (SELECT * FROM w) x WHERE x.place IN ('fr', 'it')")) {
        try (Rows rows = QueryEngine.of(lake).run(Query.sql(sql).in("sales"))) {
          assertThat(rows.asLists()).containsExactly(List.of(3L));
          assertThat(rows.stats().partitionsScanned()).hasValue(1);
        }
      }
      assertThat(run("SELECT o.id FROM orders o LEFT JOIN v ON v.id = o.id AND v.land = 'fr'"))
          .hasSize(3);
      assertThat(
              run(
                  "SELECT o.id FROM orders o LEFT JOIN v ON v.id = o.id + 1 WHERE v.land IS NULL"
                      + " OR v.land = 'fr' ORDER BY 1"))
          .containsExactly(List.of(2L), List.of(3L));
    }

    @Test
    void viewsReadViews() {
      run("CREATE VIEW a AS SELECT id, country FROM orders WHERE id < 3");
      run("CREATE VIEW b AS SELECT id + 10 AS more, country FROM a");
      run("CREATE VIEW c AS SELECT x.more FROM b x JOIN b y ON x.more = y.more");

      assertThat(run("SELECT * FROM c ORDER BY 1")).containsExactly(List.of(11L), List.of(12L));
      assertThat(run("TABLE b")).hasSize(2);
      assertThat(run("SELECT (SELECT max(more) FROM c), EXISTS (SELECT 1 FROM a WHERE id = 9)"))
          .containsExactly(List.of(12L, false));
    }

    @Test
    void viewsAreReadByStatementsThatWrite() {
      run("CREATE VIEW v AS SELECT * FROM orders WHERE country = 'de'");
      run("INSERT INTO orders SELECT id + 100, amount, day, country FROM v");
      run("CREATE TABLE copy AS SELECT id FROM v");

      assertThat(run("SELECT count(*) FROM copy")).containsExactly(List.of(4L));
      assertThat(Catalog.of(lake).lineage(DatasetId.parse("sales.copy")).upstream())
          .extracting(step -> step.from().toString())
          .allMatch(from -> from.contains("sales.orders"))
          .isNotEmpty();
      assertThat(only("EXPLAIN SELECT id FROM v WHERE id = 1"))
          .contains("- TableScan[sales.orders, version 2]");
    }

    @Test
    void statementsOfAWorkbenchReadViewsAsTheyAre() {
      run("CREATE VIEW v AS SELECT id FROM orders");
      try (Workbench workbench = QueryEngine.of(lake).workbench()) {
        Workbench.Relation orders = workbench.sql("SELECT 9 AS id", Map.of(), Map.of());
        // An input of the name of a table is not seen by the view.
        Workbench.Relation both =
            workbench.sql(
                "SELECT id FROM sales.v UNION ALL SELECT id FROM orders ORDER BY 1",
                Map.of("orders", orders),
                Map.of());
        try (Rows rows = workbench.stream(both)) {
          assertThat(rows.asLists().map(row -> ((Number) row.get(0)).longValue()))
              .containsExactlyInAnyOrder(1L, 2L, 3L, 9L);
        }
        assertThat(workbench.uses())
            .extracting(use -> use.dataset().toString())
            .containsExactly("sales.orders");
      }
    }

    @Test
    void aStatementReadsTheViewAsItWasWhenItBegan() {
      run("CREATE VIEW v AS SELECT id FROM orders");
      try (Rows rows = QueryEngine.of(lake).run(Query.sql("SELECT * FROM v").in("sales"))) {
        run("CREATE OR REPLACE VIEW v AS SELECT 'x' AS y");
        assertThat(rows.asLists()).hasSize(3);
      }
      assertThat(run("SELECT y FROM v")).containsExactly(List.of("x"));
    }

    @Test
    void takesNoMoreViewsInsideEachOtherThan32() {
      run("CREATE VIEW v1 AS SELECT id FROM orders");
      for (int i = 2; i <= 32; i++) {
        run("CREATE VIEW v" + i + " AS SELECT id FROM v" + (i - 1));
      }
      assertThat(run("SELECT id FROM v32 WHERE id = 2")).containsExactly(List.of(2L));
      assertThat(stale("CREATE VIEW v33 AS SELECT id FROM v1 UNION SELECT id FROM v32"))
          .contains("more than 32 views would stand inside each other");
      run("CREATE OR REPLACE VIEW v1 AS SELECT 2 AS id");
      assertThat(run("SELECT id FROM v32")).containsExactly(List.of(2L));
    }

    @Test
    void viewsThatDoubleAreRefusedBeforeTheyRun() {
      run("CREATE VIEW v1 AS SELECT id FROM orders");
      String message = "";
      for (int i = 2; i <= 20 && message.isEmpty(); i++) {
        try {
          run("CREATE VIEW v%d AS TABLE v%d UNION ALL TABLE v%d".formatted(i, i - 1, i - 1));
        } catch (InvalidDefinitionException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertThat(message).contains("it has too many queries");
    }
  }

  @Nested
  class Making {

    @Test
    void keepsTheTypesOfItsColumns() {
      run(
          "CREATE VIEW v AS SELECT id, CAST('a' AS varchar(7)) AS text, ARRAY[1] AS list,"
              + " CAST(ROW(1, 'x') AS ROW(n integer, t varchar)) AS pair FROM orders");

      assertThat(run("DESCRIBE v"))
          .containsExactly(
              List.of("id", "bigint", ""),
              List.of("text", "varchar(7)", ""),
              List.of("list", "array<int>", ""),
              List.of("pair", "struct<n:int,t:string>", ""));
      assertThat(run("SELECT pair.t, list[1] FROM v WHERE id = 1"))
          .containsExactly(List.of("x", 1));
    }

    @Test
    void replacesOnlyIfItIsTold() {
      run("CREATE VIEW v AS SELECT 1 AS x");
      assertThat(failure("CREATE VIEW v AS SELECT 2 AS x", AlreadyExistsException.class))
          .isEqualTo(
              "Cannot create dataset sales.v: there is a view of that name; CREATE OR REPLACE VIEW"
                  + " replaces it");
      assertThat(run("SELECT * FROM v")).containsExactly(List.of(1));

      run("CREATE OR REPLACE VIEW v AS SELECT 'two' AS y");
      run("CREATE OR REPLACE VIEW v AS SELECT 'two' AS y");
      assertThat(run("SELECT * FROM v")).containsExactly(List.of("two"));
      assertThat(Views.of(lake).versions(V))
          .extracting(Views.Version::number)
          .containsExactly(2L, 1L);
      assertThat(Views.of(lake).versions(V).get(1).view().sql()).contains("1 x");
    }

    @Test
    void aNameIsATableOrAView() {
      run("CREATE VIEW v AS SELECT 1 AS x");

      assertThat(failure("CREATE VIEW orders AS SELECT 1 AS x", AlreadyExistsException.class))
          .contains("sales.orders: there is a table of that name");
      failure("CREATE OR REPLACE VIEW orders AS SELECT 1 AS x", AlreadyExistsException.class);
      assertThat(failure("CREATE TABLE v AS SELECT 1 AS x", AlreadyExistsException.class))
          .contains("sales.v: there is a view of that name");
      failure("CREATE TABLE IF NOT EXISTS v AS SELECT 1 AS x", AlreadyExistsException.class);
      Dataset same = Dataset.named("sales.v").in(Zone.RAW).column("x", DataType.INT).build();
      LakeException refused = null;
      try {
        Catalog.of(lake).register(same);
      } catch (AlreadyExistsException e) {
        refused = e;
      }
      assertThat(refused).hasMessageContaining("there is a view of that name; DROP VIEW it first");
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));
      assertThat(Catalog.of(lake).list("sales")).hasSize(1);
    }

    @Test
    void ofSeveralThatMakeOneViewOneSucceeds() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(6);
      try {
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String sql =
              i % 2 == 0
                  ? "CREATE VIEW v AS SELECT " + i + " AS x"
                  : "CREATE TABLE v AS SELECT " + i + " AS x";
          tries.add(
              () -> {
                try {
                  run(sql);
                  return true;
                } catch (AlreadyExistsException | io.lakesdk.error.ConflictException e) {
                  return false;
                }
              });
        }
        int made = 0;
        for (Future<Boolean> result : threads.invokeAll(tries)) {
          made += result.get() ? 1 : 0;
        }
        assertThat(made).isEqualTo(1);
        assertThat(run("SELECT count(*) FROM v")).containsExactly(List.of(1L));
        assertThat(isTable("v")).isNotEqualTo(Views.of(lake).find(V).isPresent());
      } finally {
        threads.shutdownNow();
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            CREATE VIEW v AS SELECT 1 | Column name not specified at position 1
            CREATE VIEW v AS SELECT 1 AS x, 2 AS X | Column name 'x' specified more than once
            CREATE VIEW v AS SELECT NULL AS x | column x is unknown, which no table can hold
            CREATE VIEW v AS SELECT now() AS x | column x is timestamp(3) with time zone
            CREATE VIEW v AS SELECT y FROM orders | Column 'y' cannot be resolved
            CREATE VIEW v AS SELECT ? AS x | the parameter 1 has no value
            CREATE VIEW v COMMENT 'c' AS SELECT 1 AS x | COMMENT is not supported
            CREATE VIEW v SECURITY INVOKER AS SELECT 1 AS x | SECURITY (whoever reads a view
            CREATE VIEW "a b" AS SELECT 1 AS x | 1 to 128 letters
            CREATE VIEW c.sales.v AS SELECT 1 AS x | Catalog 'c' does not exist
            CREATE OR REPLACE VIEW v AS SELECT x FROM v | there is no such dataset
            CREATE VIEW v (a) AS SELECT 1 AS x | mismatched input
            CREATE VIEW v AS DELETE FROM orders | mismatched input
            CREATE PROTECTED MULTI DIALECT VIEW v SECURITY DEFINER AS SELECT 1 AS x | mismatched input
            CREATE MATERIALIZED VIEW v AS SELECT 1 AS x | CREATE MATERIALIZED VIEW is not supported
            CREATE VIEW v AS SELECT 1 AS x; DROP TABLE orders | only one statement
            """)
    void refusesWhatIsWrong(String sql, String message) {
      try {
        run(sql);
      } catch (InvalidDefinitionException | NotFoundException e) {
        assertThat(e).hasMessageContaining(message);
        assertThat(Views.of(lake).list()).isEmpty();
        return;
      }
      throw new AssertionError("it was not refused: " + sql);
    }

    @Test
    void hasNoParameters() {
      Query query = Query.sql("CREATE VIEW v AS SELECT :x AS x").in("sales").bind("x", "secret");
      try {
        run(lake, query);
      } catch (InvalidDefinitionException e) {
        assertThat(e)
            .hasMessageContaining("a view has no parameters")
            .hasMessageNotContaining("sec");
        return;
      }
      throw new AssertionError("it was not refused");
    }

    @Test
    void keepsHostileTextAsItIs() {
      run("CREATE VIEW v AS SELECT 'it''s -- :x ; /* */ \"?\" \\' AS \"Odd Name\"");
      assertThat(run("SELECT \"odd name\" FROM v"))
          .containsExactly(List.of("it's -- :x ; /* */ \"?\" \\"));
      String lines =
          String.join("\n", only("SHOW CREATE VIEW v").stream().map(o -> (String) o).toList());
      run("DROP VIEW v");
      run(lines);
      assertThat(run("SELECT * FROM v")).hasSize(1);
    }
  }

  @Nested
  class Stale {

    @Test
    void isAViewWhoseTableIsGone() {
      run("CREATE TABLE t AS SELECT 1 AS x");
      run("CREATE VIEW v AS SELECT x FROM t");
      run("CREATE VIEW w AS SELECT x FROM v");
      run("DROP TABLE t");

      assertThat(stale("SELECT * FROM w"))
          .contains("View 'sales.v' is stale or in invalid state: ")
          .contains("sales.t");
      assertThat(only("SHOW CREATE VIEW v").get(0)).isEqualTo("CREATE VIEW sales.v AS");
      assertThat(run("DESCRIBE v")).containsExactly(List.of("x", "int", ""));

      run("CREATE TABLE t AS SELECT 2 AS x");
      assertThat(run("SELECT * FROM w")).containsExactly(List.of(2));
      run("DROP VIEW v");
      assertThat(stale("SELECT * FROM w")).contains("View 'sales.w' is stale").contains("sales.v");
    }

    @Test
    void isAViewWhoseColumnsAreOthersNow() {
      run("CREATE TABLE t AS SELECT 1 AS x, 2 AS y");
      run("CREATE VIEW all_of_t AS SELECT * FROM t");
      run("CREATE VIEW v AS SELECT x FROM t");
      run("DROP TABLE t");

      run("CREATE TABLE t AS SELECT 'a' AS x, 2 AS y");
      assertThat(stale("SELECT * FROM v"))
          .contains(
              "View 'sales.v' is stale or in invalid state: column [x] of type varchar(1) projected"
                  + " from query view at position 0 cannot be coerced to column [x] of type integer"
                  + " stored in view definition");
      run("DROP TABLE t");
      run("CREATE TABLE t AS SELECT TINYINT '3' AS x, 2 AS y, 3 AS z");
      assertThat(run("SELECT * FROM v")).containsExactly(List.of(3));
      assertThat(stale("SELECT * FROM all_of_t"))
          .contains(
              "stored view column count (2) does not match column count derived from the view query"
                  + " analysis (3)");
      run("DROP TABLE t");
      run("CREATE TABLE t AS SELECT 3 AS x1");
      assertThat(stale("SELECT * FROM v"))
          .contains("View 'sales.v' is stale")
          .contains("Column 'x' cannot be resolved")
          .doesNotContain("x1");
    }

    @Test
    void isAViewThatLeadsToItself() {
      run("CREATE VIEW a AS SELECT 1 AS x");
      run("CREATE VIEW b AS SELECT x FROM a");
      assertThat(stale("CREATE OR REPLACE VIEW a AS SELECT x FROM b"))
          .contains("Statement would create a recursive view: sales.a");
      assertThat(stale("CREATE OR REPLACE VIEW a AS SELECT x FROM a")).contains("recursive view");
      assertThat(run("SELECT * FROM b")).containsExactly(List.of(1));

      // As two who replace views at the same moment can leave it.
      Views.of(lake)
          .create(
              new View(
                  DatasetId.parse("sales.a"),
                  Views.of(lake).find(DatasetId.parse("sales.a")).orElseThrow().columns(),
                  "sales",
                  "SELECT x FROM b"),
              Views.Existing.REPLACE);
      assertThat(stale("SELECT * FROM b"))
          .contains("is stale or in invalid state: View is recursive");
      run("CREATE OR REPLACE VIEW a AS SELECT 5 AS x");
      assertThat(run("SELECT * FROM b")).containsExactly(List.of(5));
    }
  }

  @Nested
  class Dropping {

    @Test
    void forgetsAView() {
      run("CREATE VIEW v AS SELECT * FROM orders");
      assertThat(run("DROP VIEW v")).isEmpty();
      failure("SELECT * FROM v", NotFoundException.class);
      assertThat(failure("DROP VIEW v", NotFoundException.class))
          .contains("sales.v: there is no such view that you may see");
      run("DROP VIEW IF EXISTS `sales`.`v`;");
      assertThat(run("SELECT count(*) FROM orders")).containsExactly(List.of(3L));
    }

    @Test
    void tellsTablesFromViews() {
      run("CREATE VIEW v AS SELECT * FROM orders");
      assertThat(failure("DROP TABLE v", InvalidDefinitionException.class))
          .contains(
              "Table 'sales.v' does not exist, but a view with that name exists; did you mean DROP"
                  + " VIEW sales.v?");
      failure("DROP TABLE IF EXISTS v", InvalidDefinitionException.class);
      assertThat(failure("DROP VIEW orders", InvalidDefinitionException.class))
          .contains("did you mean DROP TABLE sales.orders?");
      failure("DROP VIEW IF EXISTS orders", InvalidDefinitionException.class);
      assertThat(failure("INSERT INTO v SELECT * FROM orders", InvalidDefinitionException.class))
          .contains("Inserting into views is not supported: sales.v is a view");
      assertThat(run("SELECT count(*) FROM v")).containsExactly(List.of(3L));
    }
  }

  @Nested
  class Showing {

    @Test
    void listsViews() {
      run("CREATE VIEW order_days AS SELECT day FROM orders");
      run("CREATE VIEW other.v AS SELECT 1 AS x");

      assertThat(only("SHOW VIEWS")).containsExactly("order_days");
      assertThat(only("SHOW VIEWS IN other LIKE 'v*'")).containsExactly("v");
      assertThat(only("SHOW VIEWS LIKE 'x|y'")).isEmpty();
      assertThat(only("SHOW TABLES")).containsExactly("order_days", "orders");
      assertThat(only("SHOW DATABASES")).containsExactly("other", "sales");
      assertThat(only("SHOW COLUMNS IN order_days")).containsExactly("day");
      assertThat(run("SHOW TBLPROPERTIES order_days('presto_view')"))
          .containsExactly(List.of("presto_view", "true"));
      assertThat(only("SHOW CREATE VIEW order_days"))
          .startsWith("CREATE VIEW sales.order_days AS", "SELECT day");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            SHOW CREATE TABLE v | Relation 'sales.v' is a view, not a table
            SHOW PARTITIONS v | Relation 'sales.v' is a view, not a table
            SHOW CREATE VIEW orders | Relation 'sales.orders' is a table, not a view
            SHOW VIEWS IN | a name is expected
            SHOW VIEWS x | there is 'x' where the end of SHOW VIEWS is expected
            DROP VIEW v w | there is 'w' where the end of DROP VIEW is expected
            DROP VIEW | a name is expected
            """)
    void refusesWhatIsWrong(String sql, String message) {
      run("CREATE VIEW v AS SELECT 1 AS x");
      assertThat(failure(sql, InvalidDefinitionException.class)).contains(message);
    }
  }
}
