package io.lakesdk.benchmarks;

import io.lakesdk.examples.FlightsLake;
import java.nio.file.Path;
import java.util.List;

/** A fresh JVM from its start to the last line of {@code FlightsLake}. */
final class FlightsLakeCold implements Measurement {

  private static final int ROUNDS = 5;
  private static final double PROMISED_MILLIS = 5000;

  @Override
  public List<Result> run(Path scratch) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      String home = scratch.resolve("round-" + round).toString();
      millis[round] = Timing.millis(() -> Jvm.run(FlightsLake.class, List.of(), home));
    }
    return List.of(
        new Result(
            "FlightsLake in a fresh JVM, from start to last line",
            Timing.median(millis),
            "bound",
            PROMISED_MILLIS,
            "ms",
            1));
  }
}
