package io.lakesdk.benchmarks;

import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.publish.embedded.ManyPartitions;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What EXPLAIN does in a warm JVM: parsing, authorising, pruning and rendering, without running. Of
 * the queries of TPC-H, and of one that reads a day of a dataset with a million partitions.
 */
final class PlanningQueries implements Measurement {

  private static final int ALL_WARM_UP = 60;
  private static final int WARM_UP = 50;
  private static final int ROUNDS = 101;
  private static final double BOUND = 5;
  private static final double PRUNING = 20;
  private static final double SMALL = 0.01;

  @Override
  public List<Result> run(Path scratch) throws Exception {
    Path folder = scratch.resolve("tables");
    TpchLake.generate(folder, SMALL);
    double slowest = 0;
    int which = 0;
    try (Lake lake = Lake.at(scratch.resolve("lake"))) {
      TpchLake.land(lake, folder);
      QueryEngine engine = QueryEngine.of(lake.as(TpchLake.ANALYST));
      for (int round = 0; round < ALL_WARM_UP; round++) {
        for (int number = 1; number <= TpchLake.QUERIES; number++) {
          readAll(engine, explained(number));
        }
      }
      for (int number = 1; number <= TpchLake.QUERIES; number++) {
        double millis = median(engine, explained(number));
        if (millis > slowest) {
          slowest = millis;
          which = number;
        }
      }
    }
    return List.of(
        new Result(
            "planning the slowest TPC-H query, number " + which, slowest, "bound", BOUND, "ms", 1),
        new Result(
            "planning a query on one day of 1,000,000 partitions",
            oneDay(scratch.resolve("many")),
            "bound",
            BOUND + PRUNING,
            "ms",
            1));
  }

  private static Query explained(int number) throws IOException {
    return Query.sql("EXPLAIN " + TpchLake.text(number)).in("tpch");
  }

  private static void readAll(QueryEngine engine, Query query) {
    try (Rows rows = engine.run(query)) {
      rows.asLists().forEach(row -> {});
    }
  }

  private static double oneDay(Path folder) throws Exception {
    try (Lake lake = Lake.at(folder)) {
      ManyPartitions.publish(lake);
      Catalog.of(lake).register(ManyPartitions.READINGS);
      Security.of(lake)
          .grant(Grant.select("day", "device", "line").on("iot.readings").to(TpchLake.ANALYST));
      QueryEngine engine = QueryEngine.of(lake.as(TpchLake.ANALYST));
      return median(
          engine, Query.sql("EXPLAIN SELECT device, line FROM iot.readings WHERE day = 500"));
    }
  }

  private static double median(QueryEngine engine, Query query) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double once = Timing.millis(() -> readAll(engine, query));
      if (round >= 0) {
        millis[round] = once;
      }
    }
    return Timing.median(millis);
  }
}
