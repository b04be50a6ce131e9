package io.lakesdk.process;

import io.lakesdk.DatasetId;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a run did.
 *
 * @param pipeline its name
 * @param load the load that it published
 * @param outcome whether it changed anything
 * @param output what was written
 * @param version of the output that the load made; 0 if the outcome is UNCHANGED
 * @param files how many files were written into the output
 * @param bytes their size
 * @param quarantines the datasets that rows were kept aside in, by this run
 * @param sources the datasets that were read, each at its version
 * @param steps what each step did; empty unless the outcome is PUBLISHED
 * @param startedAt when it began
 * @param time how long it took in all
 */
public record RunReport(
    String pipeline,
    LoadId load,
    Outcome outcome,
    DatasetId output,
    long version,
    long files,
    long bytes,
    List<DatasetId> quarantines,
    List<Version.Source> sources,
    List<StepReport> steps,
    Instant startedAt,
    Duration time) {

  /** What came of a run. */
  public enum Outcome {
    /** Its rows are visible now. */
    PUBLISHED,
    /** The same load was published before, so nothing was done. */
    REPEATED,
    /** No row that had been kept aside passes now, so nothing was changed. */
    UNCHANGED
  }

  public RunReport {
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(load, "load");
    Objects.requireNonNull(outcome, "outcome");
    quarantines = List.copyOf(quarantines);
    sources = List.copyOf(sources);
    steps = List.copyOf(steps);
  }

  /** The rows that the read gave; 0 if nothing was read. */
  public long rowsIn() {
    return steps.isEmpty() ? 0 : steps.get(0).rowsOut().orElse(0);
  }

  /** The rows that were written into the output by this run; 0 if nothing was written. */
  public long rowsOut() {
    return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).rowsOut().orElse(0);
  }

  /** The rows that were kept aside, at all steps. */
  public long keptAside() {
    return steps.stream().mapToLong(StepReport::keptAside).sum();
  }

  /** A table of the steps, for people to read. */
  public String describe() {
    return new ReportTable(this).print();
  }

  @Override
  public String toString() {
    return describe();
  }
}
