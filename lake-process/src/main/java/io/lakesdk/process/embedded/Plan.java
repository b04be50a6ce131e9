package io.lakesdk.process.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.process.Pipeline;
import io.lakesdk.process.Step;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.query.workbench.Workbench.Relation;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.RecordMapper;
import io.lakesdk.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A pipeline held against the lake: every step is given the columns that will reach it, and no row
 * is read. What does not fit is refused here.
 */
final class Plan {

  private final Lake lake;
  private final Workbench workbench;
  private final Pipeline pipeline;
  private final Relation source;
  private final List<Place> places = new ArrayList<>();
  private final Dataset input;
  private final Dataset output;
  private final List<Workbench.Use> uses;

  Plan(Lake lake, Workbench workbench, Pipeline pipeline) {
    this.lake = lake;
    this.workbench = workbench;
    this.pipeline = pipeline;
    this.input = described(pipeline.input());
    this.source = workbench.dataset(input, Publishing.of(lake).snapshot(input));
    Relation rows = source;
    int number = 1;
    for (Step step : pipeline.steps()) {
      number++;
      rows = after(step, rows, number);
    }
    this.output = output(rows.columns());
    this.uses = workbench.uses();
  }

  /** The input's rows. */
  Relation source() {
    return source;
  }

  /** The input, with its columns. */
  Dataset input() {
    return input;
  }

  /** The output, with its columns. */
  Dataset output() {
    return output;
  }

  /** Where rows are kept aside, in the order of the steps. */
  List<Place> places() {
    return Collections.unmodifiableList(places);
  }

  /** The datasets that are read, at the versions that are read. */
  List<Workbench.Use> uses() {
    return uses;
  }

  /** Names of the same length and content for the same definition on the same data. */
  LoadId load() {
    return load(uses, "run");
  }

  LoadId load(List<Workbench.Use> read, String what) {
    List<String> parts = new ArrayList<>();
    parts.add(what);
    parts.add(lake.principal().toString());
    parts.add(input.toString());
    for (Step step : pipeline.steps()) {
      parts.add(
          step instanceof Step.Map<?, ?> map
              ? "map " + map.from().getName() + " to " + map.to().getName()
              : step.toString());
    }
    parts.add(output.toString());
    parts.add(pipeline.write().name());
    read.stream().map(use -> use.dataset() + "@" + use.version()).sorted().forEach(parts::add);
    return LoadId.of(pipeline.name() + "-" + LoadId.ofContent(parts));
  }

  List<Version.Source> sources(List<Workbench.Use> read) {
    return read.stream()
        .map(
            use ->
                new Version.Source(
                    use.dataset().toString(), OptionalLong.of(use.version()), pipeline.name()))
        .distinct()
        .toList();
  }

  private Dataset described(Dataset dataset) {
    if (!dataset.columns().columns().isEmpty()) {
      return dataset;
    }
    return Catalog.of(lake)
        .find(dataset.id())
        .filter(known -> !known.columns().columns().isEmpty())
        .orElseThrow(
            () ->
                new InvalidDefinitionException(
                    "read",
                    Subject.dataset(dataset.id()),
                    "its columns are not known; declare them, or crawl it first"));
  }

  private Relation after(Step step, Relation rows, int number) {
    if (step instanceof Step.Expect expect) {
      new RuleCheck(workbench, pipeline, number).check(expect.rules(), rows);
      Definitions definitions = Definitions.of(lake);
      places.add(
          Place.of(
              pipeline, pipeline.quarantines().get(places.size()), rows.columns(), definitions));
      return rows;
    } else if (step instanceof Step.Require require) {
      new RuleCheck(workbench, pipeline, number).check(require.rules(), rows);
      return rows;
    } else if (step instanceof Step.Sql sql) {
      return sql(sql, rows, number);
    } else if (step instanceof Step.Map<?, ?> map) {
      return map(map, rows, number);
    }
    throw new IllegalStateException("a step of another kind: " + step);
  }

  private Relation sql(Step.Sql sql, Relation rows, int number) {
    try {
      return workbench.sql(sql.statement(), Map.of("input", rows), Map.of());
    } catch (InvalidDefinitionException e) {
      throw unfit(number, sql, e);
    }
  }

  private Relation map(Step.Map<?, ?> map, Relation rows, int number) {
    try {
      RecordMapper.of(map.from()).reader(rows.columns().stream().map(Column::name).toList());
      return workbench.rows(RecordMapper.of(map.to()).columns(), Collections.emptyIterator());
    } catch (InvalidDefinitionException e) {
      throw unfit(number, map, e);
    }
  }

  private InvalidDefinitionException unfit(int number, Step step, InvalidDefinitionException e) {
    return new InvalidDefinitionException(
        "run",
        Subject.of(Subject.Kind.PIPELINE, pipeline.name()),
        "step "
            + number
            + " ("
            + step.name()
            + ") does not fit the rows that reach it: "
            + e.getMessage(),
        e);
  }

  private Dataset output(List<Column> columns) {
    Dataset declared = pipeline.output();
    Schema rows = Schema.of(columns);
    List<String> missing =
        declared.columns().names().stream().filter(name -> rows.find(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw mismatch(
          "the rows have no column "
              + String.join(", ", missing)
              + "; they have "
              + String.join(", ", rows.names()));
    }
    if (declared.schema().columns().isEmpty()) {
      return declared.withSchema(
          Schema.of(
              columns.stream()
                  .filter(column -> declared.columns().find(column.name()).isEmpty())
                  .toList()));
    }
    List<String> surplus =
        rows.names().stream().filter(name -> declared.columns().find(name).isEmpty()).toList();
    if (!surplus.isEmpty()) {
      throw mismatch(
          "the rows have columns that it has not: "
              + String.join(", ", surplus)
              + "; leave them out of the last select, or add them to the dataset");
    }
    return declared;
  }

  private InvalidDefinitionException mismatch(String reason) {
    return new InvalidDefinitionException(
        "write",
        Subject.dataset(pipeline.output().id()),
        "pipeline " + pipeline.name() + " does not fit it: " + reason);
  }
}
