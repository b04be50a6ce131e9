package io.lakesdk.process.embedded;

import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.access.Resource;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.PipelineStarted;
import io.lakesdk.process.RunReport;
import io.lakesdk.process.Step;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Publication;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.RecordMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run, from the pipeline's input or from the rows that it kept aside before.
 *
 * <p>Statements stay unevaluated and end up inside the one that writes. Rows are kept only before
 * rules that follow a statement, which need the same rows each time that they look.
 */
final class Run {

  private final Lake lake;
  private final Workbench workbench;
  private final Pipeline pipeline;
  private final Plan plan;
  private final Load load;
  private final TakenUp again;
  private final Journal journal;
  private final Instant startedAt;

  /** The rows that reach the next step; null while a replay has not come to any. */
  private @Nullable Relation rows;

  /** Whether they are the same each time that they are read, and cheap to read. */
  private boolean stable;

  private int place;

  Run(Lake lake, Workbench workbench, Pipeline pipeline, Plan plan, Load load, TakenUp again) {
    this.lake = lake;
    this.workbench = workbench;
    this.pipeline = pipeline;
    this.plan = plan;
    this.load = load;
    this.again = again;
    this.startedAt = lake.clock().instant();
    this.journal = new Journal(lake, pipeline.name(), load.id());
  }

  RunReport fromSource() {
    Optional<Publication> earlier = load.output().earlier();
    if (earlier.isPresent()) {
      return report(RunReport.Outcome.REPEATED, earlier.get().version(), 0, 0);
    }
    started();
    read();
    pipeline.steps().forEach(this::apply);
    return write();
  }

  RunReport fromQuarantine() {
    started();
    pipeline.steps().forEach(this::apply);
    if (!load.changesQuarantines()) {
      return report(RunReport.Outcome.UNCHANGED, 0, 0, 0);
    }
    return write();
  }

  private void started() {
    lake.emit(new PipelineStarted(startedAt, lake.principal(), pipeline.name(), load.id()));
  }

  private void read() {
    journal.waits("read " + plan.input().id());
    Relation source = rereadable() ? plan.source() : workbench.keep(plan.source());
    rows = source;
    stable = true;
    if (pipeline.steps().isEmpty() || pipeline.steps().get(0) instanceof Step.Sql) {
      journal.counted(new Answers(workbench).count(source), journal.lap());
    }
  }

  /**
   * Whether the input may be read several times, a few columns at a time: text is parsed once, and
   * where rows are hidden it depends on the columns that are read which ones are.
   */
  private boolean rereadable() {
    Resource.OfDataset input = new Resource.OfDataset(plan.input().id(), plan.input().zone());
    return plan.input().format() instanceof Format.Parquet
        && lake.access().view(input).isEverything();
  }

  private void apply(Step step) {
    if (step instanceof Step.Expect expect) {
      expect(expect, plan.places().get(place++));
    } else if (rows != null) {
      applyTo(rows, step);
    }
  }

  private void applyTo(Relation input, Step step) {
    if (step instanceof Step.Sql sql) {
      rows = workbench.sql(sql.statement(), Map.of("input", input), Map.of());
      stable = false;
      journal.waits(sql.name());
    } else if (step instanceof Step.Require require) {
      require(require, keptIfNeeded(input));
    } else if (step instanceof Step.Map<?, ?> map) {
      rows = mapped(map, input);
      stable = true;
    }
  }

  private Relation keptIfNeeded(Relation input) {
    Relation kept = stable ? input : workbench.keep(input);
    stable = true;
    rows = kept;
    return kept;
  }

  private void require(Step.Require step, Relation input) {
    Duration before = journal.lap();
    Inspection seen = new Inspection(workbench, input, input.columns(), step.rules());
    journal.counted(seen.rows(), before);
    seen.byRule()
        .forEach(
            (rule, broken) -> {
              if (broken > 0) {
                throw new BadDataException(
                    "run",
                    Subject.of(Subject.Kind.PIPELINE, pipeline.name()),
                    String.format(
                        Locale.ROOT,
                        "%,d of %,d rows break the rule %s, which step %d requires of all of them;"
                            + " nothing was written",
                        broken,
                        seen.rows(),
                        rule,
                        journal.next()));
              }
            });
    journal.done(step.name(), seen.rows(), 0, Map.of());
  }

  private void expect(Step.Expect step, Place here) {
    Optional<Relation> old = again.at(here).map(TakenUp.Rows::rows);
    Relation arriving = rows;
    if (arriving == null && old.isEmpty()) {
      return;
    }
    Relation input =
        old.map(o -> together(arriving, o, here))
            .orElseGet(() -> keptIfNeeded(Objects.requireNonNull(arriving)));
    Duration before = journal.lap();
    if (arriving == null) {
      journal.waits("read " + here.dataset().id());
    }
    Inspection seen = new Inspection(workbench, input, here.columns(), step.rules());
    journal.counted(seen.rows(), before);
    Quarantine quarantine = new Quarantine(workbench, pipeline, here, load, lake);
    if (old.isPresent()) {
      quarantine.replace(seen, arriving != null);
    } else {
      quarantine.keep(seen);
    }
    long good = seen.rows() - seen.broken();
    boolean untouched = seen.broken() == 0 && old.isEmpty();
    rows = good == 0 && arriving == null ? null : untouched ? input : seen.good();
    stable = true;
    journal.done(step.name(), good, seen.broken(), seen.byRule());
  }

  /** The rows that arrive at a place and those that were kept aside there before. */
  private Relation together(@Nullable Relation arriving, Relation old, Place here) {
    if (arriving == null) {
      return old;
    }
    String names = SqlText.names(here.columns());
    return workbench.keep(
        workbench.sql(
            "SELECT "
                + names
                + ", CAST(:load AS varchar) AS quarantine_load, CAST(:at AS timestamp(3)) AS"
                + " quarantine_at FROM arriving UNION ALL SELECT "
                + names
                + ", quarantine_load, quarantine_at FROM old",
            Map.of("arriving", arriving, "old", old),
            Map.of("load", load.id().text(), "at", Place.at(lake))));
  }

  private <A extends Record, B extends Record> Relation mapped(
      Step.Map<A, B> step, Relation input) {
    int number = journal.next();
    try (Rows from = workbench.stream(input);
        Stream<A> records = from.as(step.from())) {
      MappedRows<A, B> made = new MappedRows<>(records.iterator(), step, pipeline.name(), number);
      Relation result = workbench.rows(RecordMapper.of(step.to()).columns(), made);
      journal.counted(made.rowsIn(), Duration.ZERO);
      journal.done(step.name(), made.rowsOut(), 0, Map.of());
      return result;
    }
  }

  private RunReport write() {
    List<DataFile> files = rows == null ? List.of() : workbench.write(rows, load.output());
    long written = files.stream().mapToLong(file -> file.rows().orElse(0)).sum();
    journal.counted(written, Duration.ZERO);
    Publication publication = load.publish();
    if (publication.outcome() == Publication.Outcome.REPEATED) {
      return report(RunReport.Outcome.REPEATED, publication.version(), 0, 0);
    }
    journal.done("write " + plan.output().id(), written, 0, Map.of());
    return report(
        RunReport.Outcome.PUBLISHED,
        publication.version(),
        publication.files().size(),
        publication.bytes());
  }

  private RunReport report(RunReport.Outcome outcome, long version, long files, long bytes) {
    boolean published = outcome == RunReport.Outcome.PUBLISHED;
    return new RunReport(
        pipeline.name(),
        load.id(),
        outcome,
        plan.output().id(),
        version,
        files,
        bytes,
        published ? load.quarantines() : List.of(),
        load.sources(),
        published ? journal.steps() : List.of(),
        startedAt,
        Duration.between(startedAt, lake.clock().instant()));
  }
}
