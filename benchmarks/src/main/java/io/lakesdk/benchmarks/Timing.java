package io.lakesdk.benchmarks;

import java.util.Arrays;

/** Times and medians. */
final class Timing {

  private static final double NANOS_A_MILLI = 1e6;

  private Timing() {}

  /** Work that may fail. */
  interface Work {
    void run() throws Exception;
  }

  /** How many milliseconds the work takes. */
  static double millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_A_MILLI;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
