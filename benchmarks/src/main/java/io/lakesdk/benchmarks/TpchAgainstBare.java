package io.lakesdk.benchmarks;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TpchTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The queries of TPC-H at scale factor 1 by an analyst with grants on columns, and by bare DuckDB
 * over views of the same files, by turns, in a warm JVM: both explain all queries many times
 * before, since what is compiled while it is measured takes ten times as long.
 */
final class TpchAgainstBare implements Measurement {

  private static final int EXPLAINED = 60;
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 7;
  private static final double TOTAL = 1.10;
  private static final double EACH = 1.25;
  private static final double EACH_MILLIS = 30;

  @Override
  public List<Result> run(Path scratch) throws Exception {
    Path folder = scratch.resolve("tables");
    TpchLake.generate(folder, 1);
    List<Result> results = new ArrayList<>();
    double ours = 0;
    double bare = 0;
    try (Lake lake = Lake.at(scratch.resolve("lake"));
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      TpchLake.land(lake, folder);
      for (SourceTable table : TpchTables.all()) {
        statement.execute(
            "CREATE VIEW "
                + table.name()
                + " AS SELECT * FROM read_parquet('"
                + TpchLake.file(folder, table)
                + "')");
      }
      QueryEngine engine = QueryEngine.of(lake.as(TpchLake.ANALYST));
      warmUp(engine, statement);
      for (int number = 1; number <= TpchLake.QUERIES; number++) {
        Result result = compare(number, engine, statement);
        results.add(result);
        ours += result.measured();
        bare += result.against();
      }
    }
    results.add(
        new Result("TPC-H at scale factor 1, 22 queries", ours, "bare DuckDB", bare, "ms", TOTAL));
    return results;
  }

  private static void warmUp(QueryEngine engine, Statement statement)
      throws IOException, SQLException {
    for (int round = 0; round < EXPLAINED; round++) {
      for (int number = 1; number <= TpchLake.QUERIES; number++) {
        String explain = "EXPLAIN " + TpchLake.text(number);
        readAll(statement, explain);
        readAll(engine, Query.sql(explain).in("tpch"));
      }
    }
  }

  private static Result compare(int number, QueryEngine engine, Statement statement)
      throws Exception {
    Query query = TpchLake.query(number);
    String text = query.text();
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double bareMillis = Timing.millis(() -> readAll(statement, text));
      double ourMillis = Timing.millis(() -> readAll(engine, query));
      if (round >= 0) {
        bare[round] = bareMillis;
        ours[round] = ourMillis;
      }
    }
    double reference = Timing.median(bare);
    return new Result(
        "TPC-H query " + number,
        Timing.median(ours),
        "bare DuckDB",
        reference,
        "ms",
        Math.max(EACH, (reference + EACH_MILLIS) / reference));
  }

  private static void readAll(QueryEngine engine, Query query) {
    try (Rows rows = engine.run(query)) {
      rows.asLists().forEach(row -> {});
    }
  }

  private static void readAll(Statement statement, String text) throws SQLException {
    try (ResultSet rows = statement.executeQuery(text)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.getObject(i);
        }
      }
    }
  }
}
