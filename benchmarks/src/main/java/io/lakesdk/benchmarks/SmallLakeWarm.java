package io.lakesdk.benchmarks;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** In a warm JVM: open a lake in memory, register, load 1,000 records, query, close. */
final class SmallLakeWarm implements Measurement {

  private static final int WARM_UP = 40;
  private static final int ROUNDS = 41;
  private static final double PROMISED_MILLIS = 100;

  record Order(long id, String country, double amount) {}

  record Total(String country, double total) {}

  @Override
  public List<Result> run(Path scratch) throws Exception {
    List<Order> orders =
        LongStream.range(0, 1000)
            .mapToObj(id -> new Order(id, "country " + id % 7, id / 3.0))
            .toList();
    for (int round = 0; round < WARM_UP; round++) {
      once(orders);
    }
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      millis[round] = Timing.millis(() -> once(orders));
    }
    return List.of(
        new Result(
            "open in memory, register, load 1,000 records, query, close",
            Timing.median(millis),
            "bound",
            PROMISED_MILLIS,
            "ms",
            1));
  }

  private static void once(List<Order> orders) {
    try (Lake lake = Lake.inMemory()) {
      Dataset dataset = Dataset.named("sales.orders").in(Zone.CURATED).columns(Order.class).build();
      Catalog.of(lake).register(dataset);
      Ingestion.of(lake).load(IngestionSource.records(orders), dataset);
      List<Total> totals =
          QueryEngine.of(lake)
              .run(
                  Query.sql(
                      "SELECT country, sum(amount) AS total FROM sales.orders GROUP BY 1"
                          + " ORDER BY 2 DESC"))
              .as(Total.class)
              .toList();
      if (totals.size() != 7) {
        throw new IllegalStateException("seven countries were loaded, not " + totals.size());
      }
    }
  }
}
