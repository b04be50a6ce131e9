package io.lakesdk.benchmarks;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.storage.PutOptions;
import java.nio.file.Path;
import java.util.List;

/** Small objects into a lake that has a thousand of them, and into an empty one, by turns. */
final class PutsIntoFullLake implements Measurement {

  private static final int THERE = 1000;
  private static final int TURNS = 301;

  @Override
  public List<Result> run(Path scratch) throws Exception {
    double[] intoFull = new double[TURNS];
    double[] intoEmpty = new double[TURNS];
    try (Lake full = Lake.at(scratch.resolve("full"));
        Lake empty = Lake.at(scratch.resolve("empty"))) {
      for (int i = 0; i < THERE; i++) {
        put(full, i);
      }
      for (int i = 0; i < TURNS; i++) {
        int number = THERE + i;
        intoFull[i] = Timing.millis(() -> put(full, number));
        intoEmpty[i] = Timing.millis(() -> put(empty, number));
      }
    }
    return List.of(
        new Result(
            "a durable put of 100 bytes into a lake of 1,000 objects",
            Timing.median(intoFull),
            "into an empty one",
            Timing.median(intoEmpty),
            "ms",
            1.5));
  }

  private static void put(Lake lake, int number) {
    lake.store(Zone.RAW).put("many/" + number, new byte[100], PutOptions.defaults());
  }
}
