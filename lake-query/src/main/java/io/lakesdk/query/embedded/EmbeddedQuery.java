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
import io.lakesdk.query.embedded.workgroup.EmbeddedWorkgroups;
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
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A query of a statement, within the limits that the statement was given. */
final class EmbeddedQuery implements PlannedQuery {

  /** How functions and samples of chance are written for DuckDB. */
  private static final Pattern CHANCE = Pattern.compile("(?i)\\b(random|gen_random_uuid|uuid)\\(");

  private final Query limits;
  private final Consumer<Runnable> started;
  private final EmbeddedWorkgroups.Watch watch;
  private final LakeTables tables;
  private final Clock clock;
  private final io.trino.sql.tree.Query tree;
  private final BoundParameters parameters;
  private final Translation translation;
  private final Duck duck;
  private final Plan plan;

  /**
   * @param pricePerTerabyte of what it scans, in US dollars
   * @param started is given what cancels the query, when its rows are asked for
   * @param watch is told what becomes of it
   * @param tree the query
   * @param parameters of the statement that it is part of
   */
  EmbeddedQuery(
      Lake lake,
      Query limits,
      BigDecimal pricePerTerabyte,
      Consumer<Runnable> started,
      EmbeddedWorkgroups.Watch watch,
      io.trino.sql.tree.Query tree,
      BoundParameters parameters) {
    this.limits = limits;
    this.started = started;
    this.watch = watch;
    this.tables = new LakeTables(lake, limits.database());
    this.clock = lake.clock();
    this.tree = tree;
    this.parameters = parameters;
    this.translation = new Translator(tables, limits.database(), clock).translate(tree, parameters);
    this.duck = Duck.of(lake);
    this.plan = new Plan(duck, pricePerTerabyte);
    Plan.authorize(translation);
    for (TableUse use : translation.tables()) {
      ((Plan.NamedSource) use.table().handle()).announce(use, plan);
    }
    limit();
    watch.planned(plan.subject(), plan.stats());
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
        .map(use -> ((Plan.NamedSource) use.table().handle()).scan(use))
        .toList();
  }

  @Override
  public Rows rows() {
    try {
      Optional<Rows> earlier = watch.earlier(this::deciding, translation.columns());
      if (earlier.isPresent()) {
        started.accept(earlier.get()::cancel);
        return earlier.get();
      }
      watch.starts(plan.subject(), plan.stats());
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

  /**
   * All that decides on the rows, the files that are read among it, if neither chance does, nor
   * anything but datasets, of which nobody knows when it changes.
   */
  private Optional<List<Object>> deciding() {
    if (!translation.tables().stream()
        .allMatch(use -> use.table().handle() instanceof DatasetSource)) {
      return Optional.empty();
    }
    Translation asked =
        new Translator(tables.withoutFacts(), limits.database(), clock).translate(tree, parameters);
    if (CHANCE.matcher(asked.sql()).find()) {
      return Optional.empty();
    }
    List<Object> deciding = new ArrayList<>();
    deciding.add(asked.sql());
    deciding.add(asked.parameters().stream().map(EmbeddedQuery::exact).toList());
    asked.columns().forEach(column -> deciding.add(column.name() + " " + column.type()));
    for (TableUse use : asked.tables()) {
      DatasetSource source = (DatasetSource) use.table().handle();
      deciding.add(use.token() + " " + use.table().name());
      deciding.addAll(source.deciding(use));
    }
    return Optional.of(deciding);
  }

  private static @Nullable Object exact(@Nullable Object value) {
    return value instanceof BigInteger number ? new BigDecimal(number) : value;
  }

  @Override
  public List<DataFile> write(List<Written> columns, Draft draft) {
    watch.starts(plan.subject(), plan.stats());
    return DatasetWriter.write(duck, draft, written(columns), limits.timeout());
  }

  @Override
  public List<Draft.NewFile> write(
      List<Written> columns, Dataset shape, LocalFiles.Staging staging) {
    watch.starts(plan.subject(), plan.stats());
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
