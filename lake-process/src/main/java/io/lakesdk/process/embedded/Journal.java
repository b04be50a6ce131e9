package io.lakesdk.process.embedded;

import io.lakesdk.Lake;
import io.lakesdk.process.StepFinished;
import io.lakesdk.process.StepReport;
import io.lakesdk.publish.LoadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the steps of a run did, told to the listeners as soon as it is known. SQL steps wait for
 * whoever counts their rows.
 */
final class Journal {

  private final Lake lake;
  private final String pipeline;
  private final LoadId load;
  private final List<StepReport> steps = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private OptionalLong rows = OptionalLong.empty();
  private Instant since;

  Journal(Lake lake, String pipeline, LoadId load) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.load = load;
    this.since = lake.clock().instant();
  }

  /** The number of the next step. */
  int next() {
    return steps.size() + waiting.size() + 1;
  }

  /** A step that will run as part of a later one. */
  void waits(String name) {
    waiting.add(name);
  }

  /**
   * The rows of the steps that wait were counted.
   *
   * @param time what they took; zero if that cannot be told from the step that they run with
   */
  void counted(long count, Duration time) {
    for (int i = 0; i < waiting.size(); i++) {
      boolean last = i == waiting.size() - 1;
      tell(
          waiting.get(i),
          i == 0 ? rows : OptionalLong.empty(),
          last ? OptionalLong.of(count) : OptionalLong.empty(),
          0,
          Map.of(),
          last ? time : Duration.ZERO);
    }
    waiting.clear();
    rows = OptionalLong.of(count);
  }

  /** A step that went from the rows counted last to these. */
  void done(String name, long rowsOut, long keptAside, Map<String, Long> byRule) {
    tell(name, rows, OptionalLong.of(rowsOut), keptAside, byRule, lap());
    rows = OptionalLong.of(rowsOut);
  }

  /** The time since this was last asked, or since the run began. */
  Duration lap() {
    Instant now = lake.clock().instant();
    Duration time = Duration.between(since, now);
    since = now;
    return time;
  }

  List<StepReport> steps() {
    return List.copyOf(steps);
  }

  private void tell(
      String name,
      OptionalLong in,
      OptionalLong out,
      long keptAside,
      Map<String, Long> byRule,
      Duration time) {
    StepReport report = new StepReport(steps.size() + 1, name, in, out, keptAside, byRule, time);
    steps.add(report);
    lake.emit(new StepFinished(lake.clock().instant(), lake.principal(), pipeline, load, report));
  }
}
