package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.storage.PutOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that is made, filled and looked at with Athena's statements alone. */
class StatementsTest {

  record Total(String country, long orders) {}

  @Test
  void aReportIsMadeFromOrders() {
    try (Lake lake = Lake.inMemory()) {
      run(
          lake,
          "CREATE TABLE orders WITH (partitioned_by = ARRAY['country']) AS"
              + " SELECT * FROM (VALUES (1, 'de'), (2, 'fr')) AS t(id, country)");
      run(lake, "INSERT INTO orders VALUES (3, 'de')");
      run(
          lake,
          "CREATE TABLE totals AS SELECT country, count(*) AS orders FROM orders GROUP BY country");

      try (Rows totals =
          QueryEngine.of(lake).run(Query.sql("SELECT * FROM totals ORDER BY country").in("shop"))) {
        assertThat(totals.as(Total.class)).containsExactly(new Total("de", 2), new Total("fr", 1));
      }
      assertThat(run(lake, "SHOW PARTITIONS orders"))
          .containsExactly(List.of("country=de"), List.of("country=fr"));
    }
  }

  @Test
  void answersGoToAFile(@TempDir Path folder) {
    Path report = folder.resolve("report.jsonl");
    try (Lake lake = Lake.inMemory()) {
      Query query = Query.sql("SELECT * FROM (VALUES ('de', 2), ('fr', 1)) AS t(country, orders)");
      assertThat(QueryEngine.of(lake).run(query).writeTo(report, Format.JSON_LINES)).isEqualTo(2);
      assertThat(report)
          .hasContent("{\"country\":\"de\",\"orders\":2}\n{\"country\":\"fr\",\"orders\":1}\n");
    }
  }

  @Test
  void filesOfOthersAreATable() {
    try (Lake lake = Lake.inMemory()) {
      land(lake, "hits/day=2024-03-01/a.log", "ada /home 200\nbob /cart 500\n");
      land(lake, "hits/day=2024-03-02/a.log", "ada /cart 200\n");
      run(
          lake,
          """
          CREATE EXTERNAL TABLE hits (who string, path string, status int)
          PARTITIONED BY (day date)
          ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
          LOCATION 's3://raw/hits/'""");
      run(lake, "MSCK REPAIR TABLE hits");
      run(lake, "CREATE VIEW failures AS SELECT day, path FROM hits WHERE status >= 500");

      assertThat(run(lake, "SELECT * FROM failures"))
          .containsExactly(List.of(LocalDate.of(2024, 3, 1), "/cart"));

      run(
          lake,
          "UNLOAD (SELECT * FROM failures) TO 's3://curated/failures/' WITH (format = 'JSON')");
      assertThat(lake.store(Zone.CURATED).all("failures/")).hasSize(1);
    }
  }

  private static void land(Lake lake, String key, String lines) {
    lake.store(Zone.RAW).put(key, lines.getBytes(StandardCharsets.UTF_8), PutOptions.defaults());
  }

  private static List<List<Object>> run(Lake lake, String statement) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(statement).in("shop"))) {
      return rows.asLists().toList();
    }
  }
}
