package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.syntax.BoundParameters;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.storage.LocalFiles;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A query of a statement, within the limits that the statement was given. */
final class EmbeddedQuery implements PlannedQuery {

  private final Query limits;
  private final Consumer<Runnable> started;
  private final LakeTables tables;
  private final Translation translation;
  private final Duck duck;
  private final Plan plan;

  /**
   * @param pricePerTerabyte of what it scans, in US dollars
   * @param started is given what cancels the query, when its rows are asked for
   * @param tree the query
   * @param parameters of the statement that it is part of
   */
  EmbeddedQuery(
      Lake lake,
      Query limits,
      BigDecimal pricePerTerabyte,
      Consumer<Runnable> started,
      io.trino.sql.tree.Query tree,
      BoundParameters parameters) {
    this.limits = limits;
    this.started = started;
    this.tables = new LakeTables(lake, limits.database());
    this.translation =
        new Translator(tables, limits.database(), lake.clock()).translate(tree, parameters);
    this.duck = Duck.of(lake);
    this.plan = new Plan(duck, pricePerTerabyte);
    Plan.authorize(translation);
    for (TableUse use : translation.tables()) {
      ((DatasetSource) use.table().handle()).announce(use.partitions(), plan);
    }
    limit();
  }

  private void limit() {
    long bytes = plan.stats().bytesScanned();
    if (bytes > limits.scanLimit().orElse(Long.MAX_VALUE)) {
      throw new UnavailableException(
          "run",
          plan.subject(),
          "it would scan "
              + bytes
              + " bytes and may scan "
              + limits.scanLimit().getAsLong()
              + "; ask for fewer partitions, or raise scanAtMost");
    }
  }

  @Override
  public List<OutputColumn> columns() {
    return translation.columns();
  }

  @Override
  public List<Workbench.Use> uses() {
    return tables.uses();
  }

  @Override
  public List<ViewUse> views() {
    return translation.views();
  }

  @Override
  public QueryStats stats() {
    return plan.stats();
  }

  @Override
  public List<Scan> scans() {
    return translation.tables().stream()
        .map(use -> ((DatasetSource) use.table().handle()).scan(use))
        .toList();
  }

  @Override
  public Rows rows() {
    try {
      return EmbeddedRows.start(
          duck,
          plan,
          limits.timeout(),
          started,
          () -> plan.compose(translation),
          translation.columns());
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  @Override
  public List<DataFile> write(List<Written> columns, Draft draft) {
    return DatasetWriter.write(duck, draft, written(columns), limits.timeout());
  }

  @Override
  public List<NewFile> write(List<Written> columns, Dataset shape, LocalFiles.Staging staging) {
    return new DatasetWriter(
            duck,
            shape,
            DatasetWriter.NewFiles.of(staging, shape),
            written(columns),
            limits.timeout())
        .write();
  }

  private LazyRelation written(List<Written> columns) {
    String values =
        columns.stream()
            .map(column -> column.value().sql() + " AS " + SqlText.name(column.name()))
            .collect(Collectors.joining(", "));
    List<String> names =
        IntStream.range(0, translation.columns().size()).mapToObj(PlannedQuery::name).toList();
    return new LazyRelation(
        columns.stream()
            .map(column -> new OutputColumn(column.name(), column.value().type()))
            .toList(),
        (wanted, partitions, rows, writing) ->
            "SELECT "
                + values
                + " FROM ("
                + writing.compose(translation)
                + ") AS r("
                + SqlText.names(names)
                + ")");
  }
}
