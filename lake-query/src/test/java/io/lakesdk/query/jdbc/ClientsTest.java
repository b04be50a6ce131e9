package io.lakesdk.query.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import sqlline.SqlLine;

/** Clients that know nothing of lakes: a shell, and a pool with Spring's templates. */
class ClientsTest {

  @TempDir Path folder;

  @BeforeEach
  void makeLake() {
    try (Lake lake = Lake.at(folder)) {
      Shop.fill(lake, 100);
    }
  }

  @Nested
  class SqlLineShell {

    private String run(String url, String... commands) throws Exception {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      try (PrintStream printed = new PrintStream(output, true, StandardCharsets.UTF_8)) {
        SqlLine shell = new SqlLine();
        shell.setOutputStream(printed);
        shell.setErrorStream(printed);
        String script = String.join("\n", commands) + "\n!quit\n";
        shell.begin(
            new String[] {"-u", url, "-n", "", "-p", "", "--outputformat=csv", "--silent=true"},
            new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
            false);
      }
      return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsSchemasTablesAndColumns() throws Exception {
      String printed =
          run("jdbc:lake:" + folder, "!schemas", "!tables", "!columns orders", "!typeinfo");
      assertThat(printed)
          .contains("'math_x','awsdatacatalog'", "'sales','awsdatacatalog'")
          .contains("'awsdatacatalog','sales','orders','TABLE','what was sold'")
          .contains("'sales','orders','amount','3','decimal(12,2)','12'")
          .contains("counts the orders")
          .contains("'timestamp','93'")
          .doesNotContain("Error", "Exception");
    }

    @Test
    void runsQueriesAndShowsWhatIsWrongWithThem() throws Exception {
      String printed =
          run(
              "jdbc:lake:" + folder + ";database=sales",
              "SELECT country, sum(amount) AS total, min(day) AS first FROM orders GROUP BY 1"
                  + " ORDER BY 1;",
              "SELECT nothing FROM orders;",
              "!primarykeys orders",
              "!dbinfo");
      assertThat(printed)
          .contains("'country','total','first'")
          .contains("'de','30.75','2024-01-01'")
          .contains("'it''s','null','2024-01-04'")
          .contains("Column 'nothing' cannot be resolved")
          .contains("state=42000");
    }

    @Test
    void isRefusedWhereThereIsNoLake() throws Exception {
      assertThat(run("jdbc:lake:" + folder.resolve("absent"), "!tables"))
          .contains("no such folder");
    }
  }

  @Nested
  class PooledTemplates {

    record Order(long id, BigDecimal amount, LocalDate day, String country) {}

    private HikariDataSource pool(String user) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl("jdbc:lake:" + folder);
      config.setSchema("sales");
      config.setMaximumPoolSize(4);
      config.setUsername(user);
      return new HikariDataSource(config);
    }

    @Test
    void mapRowsToRecords() {
      try (HikariDataSource pool = pool(null)) {
        JdbcTemplate template = new JdbcTemplate(pool);
        assertThat(
                template.query(
                    "SELECT * FROM orders WHERE country = ? AND day >= ? ORDER BY id",
                    new DataClassRowMapper<>(Order.class),
                    "de",
                    LocalDate.of(2024, 1, 2)))
            .containsExactly(new Order(2, new BigDecimal("20.25"), LocalDate.of(2024, 1, 2), "de"));
        assertThat(
                new NamedParameterJdbcTemplate(template)
                    .queryForList(
                        "SELECT id FROM orders WHERE country IN (:countries) ORDER BY id",
                        Map.of("countries", List.of("fr", "it's")),
                        Long.class))
            .containsExactly(3L, 4L);
        assertThat(
                template.queryForMap(
                    "SELECT count(*) AS n, ? AS nothing FROM orders", (Object) null))
            .containsEntry("n", 4L)
            .containsEntry("nothing", null);
      }
    }

    @Test
    void tellErrorsApart() {
      try (HikariDataSource pool = pool(null)) {
        JdbcTemplate template = new JdbcTemplate(pool);
        assertThatThrownBy(() -> template.queryForList("SELECT x FROM orders"))
            .isInstanceOf(BadSqlGrammarException.class);
        assertThatThrownBy(() -> template.execute("DELETE FROM orders"))
            .isInstanceOf(BadSqlGrammarException.class);
        template.setQueryTimeout(1);
        assertThatThrownBy(
                () ->
                    template.queryForList(
                        "SELECT sum(a.n * e.n) FROM math_x.numbers a, math_x.numbers b,"
                            + " math_x.numbers c, math_x.numbers d, math_x.numbers e"
                            + " WHERE a.n + b.n > c.n"))
            .isInstanceOf(QueryTimeoutException.class);
        assertThat(template.queryForObject("SELECT count(*) FROM orders", Long.class)).isEqualTo(4);
      }
      try (Lake lake = Lake.at(folder)) {
        Security.of(lake).grant(Grant.select("id").on("sales.orders").to(Principal.user("ada")));
        JdbcTemplate ada =
            new JdbcTemplate(LakeDataSource.of(lake.as(Principal.user("ada"))).in("sales"));
        assertThat(ada.queryForList("SELECT * FROM orders")).hasSize(4);
        assertThatThrownBy(() -> ada.queryForList("SELECT amount FROM orders"))
            .isInstanceOf(PermissionDeniedDataAccessException.class);
      }
    }

    @Test
    void serveManyThreads() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try (HikariDataSource pool = pool(null)) {
        JdbcTemplate template = new JdbcTemplate(pool);
        List<Callable<Long>> questions = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
          long n = i;
          questions.add(
              () ->
                  template.queryForObject(
                      "SELECT count(*) FROM math_x.numbers WHERE n < ?", Long.class, n));
        }
        long n = 0;
        for (Future<Long> answer : threads.invokeAll(questions)) {
          assertThat(answer.get()).isEqualTo(n);
          n++;
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
