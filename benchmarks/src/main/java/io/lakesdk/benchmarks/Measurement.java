package io.lakesdk.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** Something that is measured. */
interface Measurement {

  /**
   * Measures in an empty folder.
   *
   * @throws Exception if it could not be measured
   */
  List<Result> run(Path scratch) throws Exception;

  /**
   * What came out.
   *
   * @param what what was measured
   * @param measured how much it took
   * @param reference what it is compared with
   * @param against how much that took, or may take
   * @param unit of both
   * @param most the ratio that is promised
   */
  record Result(
      String what, double measured, String reference, double against, String unit, double most) {

    double ratio() {
      return measured / against;
    }

    @Override
    public String toString() {
      return "%-62s %9.1f %s; %s %.1f %s; ratio %.2f, promised at most %.2f: %s"
          .formatted(
              what,
              measured,
              unit,
              reference,
              against,
              unit,
              ratio(),
              most,
              ratio() <= most ? "kept" : "NOT KEPT");
    }
  }
}
