package io.lakesdk.process;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one step of a run did.
 *
 * @param number 1 for the read, then up to the write
 * @param name what it is: {@code read sales.raw}, {@code expect 3 rules}, {@code sql}
 * @param rowsIn the rows that came in; empty for the read, and where two SQL steps that follow each
 *     other ran as one statement
 * @param rowsOut the rows that went on, or were written; empty likewise
 * @param keptAside the rows kept aside, each counted once
 * @param keptAsideByRule by the name of each rule of the step the rows that broke it
 * @param time how long it took; zero for SQL that ran as part of a later step
 */
public record StepReport(
    int number,
    String name,
    OptionalLong rowsIn,
    OptionalLong rowsOut,
    long keptAside,
    Map<String, Long> keptAsideByRule,
    Duration time) {
  public StepReport {
    keptAsideByRule = Collections.unmodifiableMap(new LinkedHashMap<>(keptAsideByRule));
  }
}
