package io.lakesdk.benchmarks;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.ingest.Ingestion;
import io.lakesdk.ingest.IngestionSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A thousand small appends to one dataset of a durable lake: the last hundred and the first. */
final class ManyAppends implements Measurement {

  private static final int APPENDS = 1000;
  private static final int SOME = 100;

  record Reading(long id, double value) {}

  @Override
  public List<Result> run(Path scratch) throws Exception {
    double[] millis = new double[APPENDS];
    append(scratch.resolve("warm-up"), new double[APPENDS / 2]);
    append(scratch.resolve("lake"), millis);
    return List.of(
        new Result(
            "append of one record, the last 100 of 1,000",
            Timing.median(Arrays.copyOfRange(millis, APPENDS - SOME, APPENDS)),
            "the first 100",
            Timing.median(Arrays.copyOfRange(millis, 0, SOME)),
            "ms",
            1.5));
  }

  private static void append(Path root, double[] millis) throws Exception {
    Dataset readings = Dataset.named("plant.readings").in(Zone.RAW).columns(Reading.class).build();
    try (Lake lake = Lake.at(root)) {
      Ingestion ingestion = Ingestion.of(lake);
      for (int i = 0; i < millis.length; i++) {
        List<Reading> one = List.of(new Reading(i, i / 7.0));
        millis[i] = Timing.millis(() -> ingestion.load(IngestionSource.records(one), readings));
      }
    }
  }
}
