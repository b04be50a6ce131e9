package io.lakesdk.examples;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.schema.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Java records into a lake, SQL over them, Java records out. */
public final class QuickStart {

  private QuickStart() {}

  record Order(
      long id,
      String country,
      @Decimal(precision = 12, scale = 2) BigDecimal amount,
      Instant placedAt) {}

  record Total(String country, BigDecimal total) {}

  /** Prints the turnover of three countries. */
  public static void main(String[] args) {
    List<Order> placed =
        List.of(
            new Order(1, "NO", new BigDecimal("129.90"), Instant.parse("2026-03-01T09:30:00Z")),
            new Order(2, "PE", new BigDecimal("70.10"), Instant.parse("2026-03-01T09:31:00Z")),
            new Order(3, "NO", new BigDecimal("20.10"), Instant.parse("2026-03-02T18:00:00Z")),
            new Order(4, "JP", new BigDecimal("99.00"), Instant.parse("2026-03-02T23:59:59Z")));

    // README
    try (Lake lake = Lake.inMemory()) {
      Dataset orders = Dataset.named("sales.orders").in(Zone.CURATED).columns(Order.class).build();
      Ingestion.of(lake).load(IngestionSource.records(placed), orders);

      Query query =
          Query.sql(
              "SELECT country, sum(amount) AS total FROM sales.orders GROUP BY 1 ORDER BY 2 DESC");
      List<Total> totals = QueryEngine.of(lake).run(query).as(Total.class).toList();
      totals.forEach(System.out::println);
    }
    // README
  }
}
