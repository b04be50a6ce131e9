package io.lakesdk.benchmarks;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/** A result of ten million rows, read as Java records in a JVM of 256 MB of heap, by turns. */
final class StreamAgainstBare implements Measurement {

  private static final int ROUNDS = 5;
  private static final long ROWS = 10_000_000;

  record Reading(long id, String device, double value) {}

  @Override
  public List<Result> run(Path scratch) throws Exception {
    String printed = Jvm.run(StreamAgainstBare.class, List.of("-Xmx256m"), scratch.toString());
    try (Scanner medians = new Scanner(printed).useLocale(Locale.ROOT)) {
      return List.of(
          result("as records", medians.nextDouble(), medians.nextDouble()),
          result("as lists", medians.nextDouble(), medians.nextDouble()));
    }
  }

  private static Result result(String how, double ours, double bare) {
    return new Result(
        "10,000,000 rows " + how + " with 256 MB of heap", ours, "bare DuckDB", bare, "ms", 2);
  }

  /**
   * Prints medians.
   *
   * @param args an empty folder
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]).resolve("readings.parquet");
    Dataset readings = Dataset.named("plant.readings").in(Zone.RAW).columns(Reading.class).build();
    double[] records = new double[ROUNDS];
    double[] getters = new double[ROUNDS];
    double[] lists = new double[ROUNDS];
    double[] objects = new double[ROUNDS];
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        Lake lake = Lake.at(Path.of(args[0]).resolve("lake"))) {
      statement.execute(
          "COPY (SELECT range AS id, 'device-' || (range % 1000) AS device, range / 7.0 AS value"
              + " FROM range("
              + ROWS
              + ")) TO '"
              + file
              + "' (FORMAT parquet)");
      Ingestion.of(lake).load(IngestionSource.files(file), readings);
      String bare = "SELECT id, device, value FROM read_parquet('" + file + "')";
      Query query = Query.sql("SELECT id, device, value FROM plant.readings");
      QueryEngine engine = QueryEngine.of(lake);
      for (int i = 0; i < ROUNDS; i++) {
        getters[i] = Timing.millis(() -> getters(statement, bare));
        records[i] = Timing.millis(() -> records(engine, query));
        objects[i] = Timing.millis(() -> objects(statement, bare));
        lists[i] = Timing.millis(() -> lists(engine, query));
      }
    }
    System.out.println(
        Timing.median(records)
            + " "
            + Timing.median(getters)
            + " "
            + Timing.median(lists)
            + " "
            + Timing.median(objects));
  }

  private static void records(QueryEngine engine, Query query) {
    try (Rows rows = engine.run(query)) {
      require(rows.as(Reading.class).mapToLong(Reading::id).sum());
    }
  }

  private static void lists(QueryEngine engine, Query query) {
    try (Rows rows = engine.run(query)) {
      require(rows.asLists().mapToLong(row -> (Long) row.get(0)).sum());
    }
  }

  private static void getters(Statement statement, String text) throws SQLException {
    long sum = 0;
    try (ResultSet rows = statement.executeQuery(text)) {
      while (rows.next()) {
        Reading reading = new Reading(rows.getLong(1), rows.getString(2), rows.getDouble(3));
        sum += reading.id();
      }
    }
    require(sum);
  }

  private static void objects(Statement statement, String text) throws SQLException {
    long sum = 0;
    try (ResultSet rows = statement.executeQuery(text)) {
      while (rows.next()) {
        List<Object> row = List.of(rows.getObject(1), rows.getObject(2), rows.getObject(3));
        sum += (Long) row.get(0);
      }
    }
    require(sum);
  }

  private static void require(long sum) {
    if (sum != ROWS * (ROWS - 1) / 2) {
      throw new IllegalStateException("These are not the rows");
    }
  }
}
