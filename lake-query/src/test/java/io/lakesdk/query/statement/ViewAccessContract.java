package io.lakesdk.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.testing.Outage;
import io.lakesdk.testing.Outage.LastAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may use which view, and what is left of statements that fail or meet others. */
abstract class ViewAccessContract extends AlterFaultsContract {

  private static final Principal READER = Principal.role("view-reader");
  private static final DatasetId V = DatasetId.parse("sales.v");

  private List<Object> only(String sql) {
    return run(sql).stream().map(row -> row.get(0)).toList();
  }

  @Nested
  class Permissions {

    private Lake reader() {
      return lake.as(READER);
    }

    private void grant(Grant grant) {
      Security.of(lake).grant(grant);
    }

    @Test
    void aViewShowsNothingThatItsTablesWouldNotShow() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id, amount FROM orders WHERE day IS NOT NULL");
      failure(reader(), "SELECT id FROM v", AccessDeniedException.class);

      grant(Grant.select().on("sales.v").to(READER));
      String refused = failure(reader(), "SELECT id FROM v", AccessDeniedException.class);
      assertThat(refused)
          .isEqualTo(
              "Cannot query dataset sales.v: the view reads tables or columns that you may not see,"
                  + " and a view shows nothing that its tables do not show; whoever opened the lake"
                  + " can grant select on them");
      grant(Grant.select("id", "amount").on("sales.orders").to(READER));
      assertThat(failure(reader(), "SELECT id FROM v", AccessDeniedException.class))
          .isEqualTo(refused);
      assertThat(failure(reader(), "EXPLAIN SELECT id FROM v", AccessDeniedException.class))
          .isEqualTo(refused);
      assertThat(failure(reader(), "SHOW CREATE VIEW v", AccessDeniedException.class))
          .isEqualTo(refused);
      assertThat(run(reader(), "SHOW COLUMNS IN v")).hasSize(2);

      grant(Grant.select("day").on("sales.orders").to(READER));
      assertThat(run(reader(), "SELECT id FROM v ORDER BY 1"))
          .containsExactly(List.of(1L), List.of(2L));
      assertThat(run(reader(), "SHOW CREATE VIEW v")).isNotEmpty();
    }

    @Test
    void aStarInAViewIsAllColumnsForEverybody() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT * FROM orders");
      run("CREATE VIEW w AS SELECT id FROM v");
      grant(Grant.select().on("sales.v").to(READER));
      grant(Grant.select().on("sales.w").to(READER));
      grant(Grant.select("id").on("sales.orders").to(READER));

      assertThat(run(reader(), "SELECT * FROM orders")).hasSize(3);
      failure(reader(), "SELECT id FROM v", AccessDeniedException.class);
      assertThat(failure(reader(), "SELECT * FROM w", AccessDeniedException.class))
          .contains("sales.w")
          .doesNotContain("amount")
          .doesNotContain("orders");
    }

    @Test
    void rowFiltersOfTablesHoldInViewsOverViews() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id, country FROM orders");
      run("CREATE VIEW w AS SELECT count(*) AS orders FROM v");
      grant(Grant.select().on("sales.v").to(READER));
      grant(Grant.select().on("sales.w").to(READER));
      grant(Grant.select().on("sales.orders").where("country = 'fr'").to(READER));

      assertThat(run(reader(), "SELECT id FROM v")).containsExactly(List.of(3L));
      assertThat(run(reader(), "SELECT * FROM w")).containsExactly(List.of(1L));
      assertThat(run("SELECT * FROM w")).containsExactly(List.of(3L));
    }

    @Test
    void columnsOfAViewAreGrantedLikeThoseOfATable() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id, country FROM orders");
      run("CREATE VIEW inner_hidden AS SELECT id FROM v");
      grant(Grant.select().on("sales.orders").to(READER));
      grant(Grant.select("id").on("sales.v").to(READER));

      assertThat(run(reader(), "SELECT * FROM v WHERE id = 1")).containsExactly(List.of(1L));
      assertThat(run(reader(), "DESCRIBE v")).hasSize(1);
      assertThat(failure(reader(), "SELECT country FROM v", AccessDeniedException.class))
          .contains("select country from dataset sales.v");
      assertThat(failure(reader(), "SHOW CREATE VIEW v", AccessDeniedException.class))
          .contains("sales.v");
      String hidden = failure(reader(), "SELECT * FROM inner_hidden", AccessDeniedException.class);
      String absent = failure(reader(), "SELECT * FROM inner_absent", AccessDeniedException.class);
      assertThat(hidden.replace("hidden", "absent")).isEqualTo(absent);
      assertThat(run(reader(), "SHOW VIEWS")).containsExactly(List.of("v"));
      assertThat(run(reader(), "SHOW TABLES")).containsExactly(List.of("orders"), List.of("v"));
    }

    @Test
    void aRowFilterOnAViewIsRefused() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id, country FROM orders");
      grant(Grant.select().on("sales.orders").to(READER));
      grant(Grant.select().on("sales.v").where("country = 'secret'").to(READER));

      assertThat(failure(reader(), "SELECT id FROM v", AccessDeniedException.class))
          .contains("Cannot query dataset sales.v: a grant on a view has a row filter")
          .doesNotContain("secret");
      assertThat(failure(reader(), "SELECT count(*) FROM v", AccessDeniedException.class))
          .contains("row filter");
    }

    @Test
    void makingAndDroppingNeedsWriteOnTheZone() {
      Security.of(lake);
      run("CREATE VIEW v AS SELECT id FROM orders");
      grant(Grant.select().on("sales.orders").to(READER));
      grant(Grant.select().on("sales.v").to(READER));

      for (String sql :
          List.of(
              "CREATE VIEW mine AS SELECT id FROM orders",
              "CREATE OR REPLACE VIEW v AS SELECT 1 AS id",
              "DROP VIEW v",
              "DROP VIEW IF EXISTS v")) {
        assertThat(failure(reader(), sql, AccessDeniedException.class)).contains("curated");
      }
      grant(Grant.write().on(Zone.CURATED).to(READER));
      run(reader(), "CREATE VIEW mine AS SELECT id FROM orders");
      run("CREATE TABLE secret AS SELECT 1 AS x");
      failure(reader(), "CREATE VIEW theirs AS SELECT x FROM secret", AccessDeniedException.class);
      run(reader(), "DROP VIEW v");
      assertThat(only("SHOW VIEWS")).containsExactly("mine");
    }
  }

  @Nested
  class Faults {

    @ParameterizedTest
    @EnumSource
    void atAnyCallAViewIsThereOrNot(LastAnswer answer) {
      Outage outage = new Outage();
      reopen(with -> with.faults(outage.faults()));
      boolean failed = true;
      for (int call = 0; failed; call++) {
        failed = attempt(outage, call, answer, "CREATE VIEW v" + call + " AS SELECT 1 AS x");
        List<View> made = Views.of(lake).list();
        assertThat(made.size()).isGreaterThanOrEqualTo(failed ? 0 : 1);
        made.forEach(
            view -> assertThat(run("SELECT * FROM " + view.id())).containsExactly(List.of(1)));
      }
      run("CREATE VIEW v AS SELECT 1 AS x");
      failed = true;
      for (int call = 0; failed; call++) {
        failed = attempt(outage, call, answer, "CREATE OR REPLACE VIEW v AS SELECT 2 AS x");
        assertThat(run("SELECT x FROM v").get(0).get(0)).isIn(1, 2);
      }
      assertThat(run("SELECT x FROM v")).containsExactly(List.of(2));
      failed = true;
      for (int call = 0; failed; call++) {
        failed = attempt(outage, call, answer, "DROP VIEW IF EXISTS v");
      }
      assertThat(Views.of(lake).find(V)).isEmpty();
    }

    private boolean attempt(Outage outage, int call, LastAnswer answer, String sql) {
      outage.after(call, answer);
      try {
        run(sql);
        return false;
      } catch (UnavailableException | OutcomeUnknownException expected) {
        return true;
      } finally {
        outage.mend();
      }
    }
  }

  @Test
  void replacingAndReadingAtTheSameTimeSeesOneOrTheOther() throws Exception {
    run("CREATE VIEW v AS SELECT 0 AS x");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object>> work = new ArrayList<>();
      IntStream.range(0, 20)
          .forEach(
              i -> {
                work.add(
                    () -> run("CREATE OR REPLACE VIEW v AS SELECT " + i + " AS x, " + i + " AS y"));
                work.add(
                    () -> {
                      List<Object> row = run("SELECT * FROM v").get(0);
                      assertThat(row.stream().distinct().count()).isEqualTo(1);
                      return row;
                    });
              });
      for (Future<Object> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Views.of(lake).versions(V)).hasSizeBetween(2, 21);
  }
}
