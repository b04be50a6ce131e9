package io.lakesdk.benchmarks;

import static io.lakesdk.schema.DataType.BIGINT;
import static io.lakesdk.schema.DataType.INT;
import static io.lakesdk.schema.DataType.STRING;
import static io.lakesdk.schema.DataType.TIMESTAMP;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Processing;
import io.lakesdk.process.Rule;
import io.lakesdk.process.RunReport;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * Three million flights through read, three rules, SQL and a partitioned write, and the same COPY
 * in bare DuckDB, in turns in one JVM of 512 MB of heap.
 */
final class PipelineAgainstCopy implements Measurement {

  private static final int WARM_UP = 8;
  private static final int ROUNDS = 11;
  private static final long FLIGHTS = 3_000_000;

  private static final Dataset RAW =
      Dataset.named("aviation.raw")
          .in(Zone.RAW)
          .column("date", TIMESTAMP)
          .column("delay", BIGINT)
          .column("distance", BIGINT)
          .column("origin", STRING)
          .column("destination", STRING)
          .build();

  private static final Dataset OUT =
      Dataset.named("aviation.flights")
          .in(Zone.CURATED)
          .column("departed_at", TIMESTAMP)
          .column("delay", BIGINT)
          .column("distance", BIGINT)
          .column("origin", STRING)
          .column("destination", STRING)
          .partitionedBy("year", INT)
          .partitionedBy("month", INT)
          .build();

  @Override
  public List<Result> run(Path scratch) throws Exception {
    Path flights = Path.of("data/flights-3m.parquet");
    if (!Files.exists(flights)) {
      flights = Path.of("benchmarks").resolve(flights);
    }
    String printed =
        Jvm.run(
            PipelineAgainstCopy.class,
            List.of("-Xmx512m"),
            flights.toAbsolutePath().toString(),
            scratch.toString());
    try (Scanner medians = new Scanner(printed).useLocale(Locale.ROOT)) {
      return List.of(result(medians.nextDouble(), medians.nextDouble()));
    }
  }

  private static Result result(double ours, double bare) {
    return new Result(
        "3,000,000 flights through a pipeline with 512 MB of heap",
        ours,
        "bare COPY",
        bare,
        "ms",
        1.3);
  }

  /**
   * Prints the two medians.
   *
   * @param args the file of flights and a folder
   */
  public static void main(String[] args) throws Exception {
    Path flights = Path.of(args[0]);
    Path scratch = Path.of(args[1]);
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    try (Lake lake = Lake.at(scratch.resolve("lake"));
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      Ingestion.of(lake).load(IngestionSource.files(flights), RAW);
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        Path folder = scratch.resolve("bare-" + round);
        double bareMillis = Timing.millis(() -> copy(statement, flights, folder));
        Benchmarks.remove(folder);
        LoadId load = LoadId.of("round" + (round + WARM_UP));
        double ourMillis = Timing.millis(() -> pipeline(lake, load));
        if (round >= 0) {
          bare[round] = bareMillis;
          ours[round] = ourMillis;
        }
      }
    }
    System.out.println(Timing.median(ours) + " " + Timing.median(bare));
  }

  private static void copy(Statement statement, Path flights, Path folder) throws Exception {
    statement.execute(
        "COPY (SELECT date AS departed_at, delay, distance, origin, destination,"
            + " CAST(year(date) AS INTEGER) AS year, CAST(month(date) AS INTEGER) AS month"
            + " FROM read_parquet('"
            + flights
            + "')) TO '"
            + folder
            + "' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year, month))");
  }

  private static void pipeline(Lake lake, LoadId load) {
    Pipeline pipeline =
        Pipeline.named("flights")
            .read(RAW)
            .expect(
                Rule.notNull("origin"),
                Rule.between("delay", -10_000, 10_000),
                Rule.between("distance", 0, 10_000))
            .sql(
                "SELECT date AS departed_at, delay, distance, origin, destination,"
                    + " CAST(year(date) AS integer) AS year, CAST(month(date) AS integer) AS month"
                    + " FROM input")
            .write(OUT, Write.overwrite())
            .build();
    RunReport report = Processing.of(lake).run(pipeline, load);
    if (report.rowsOut() != FLIGHTS) {
      throw new IllegalStateException(report.describe());
    }
  }
}
