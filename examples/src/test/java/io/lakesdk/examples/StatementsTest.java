package io.lakesdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  private static List<List<Object>> run(Lake lake, String statement) {
    try (Rows rows = QueryEngine.of(lake).run(Query.sql(statement).in("shop"))) {
      return rows.asLists().toList();
    }
  }
}
