package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.Rows;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.sql.Translator;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.Column;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workbench on the lake's DuckDB. A relation is a piece of SQL that becomes part of whatever uses
 * it, so that reading, deriving and writing are one statement; only {@link #rows} and {@link #keep}
 * make tables, in a schema of the workbench's own.
 */
final class EmbeddedWorkbench implements Workbench {

  private static final String DEFAULT_DATABASE = "default";

  private final Duck duck;
  private final Clock clock;
  private final LakeTables datasets;
  private final DuckDatabase database;
  private final String schema;
  private int tables;
  private boolean closed;

  EmbeddedWorkbench(Lake lake, Duck duck) {
    this.clock = Clock.fixed(lake.clock().instant(), lake.clock().getZone());
    this.datasets = new LakeTables(lake, DEFAULT_DATABASE);
    this.duck = duck;
    this.database = duck.database();
    this.schema = duck.newSchema();
  }

  @Override
  public Relation dataset(Dataset dataset, Snapshot snapshot) {
    DatasetSource source = datasets.at(dataset, snapshot);
    return new LazyRelation(
        output(source.columns()),
        (columns, partitions, rows, plan) -> {
          source.authorize(columns);
          return source.select(columns, partitions, rows, plan);
        });
  }

  private static List<OutputColumn> output(List<Column> columns) {
    return columns.stream().map(c -> new OutputColumn(c.name(), SqlTypes.of(c.type()))).toList();
  }

  @Override
  public Relation rows(List<Column> columns, Iterator<@Nullable Object[]> rows) {
    RowLoader loader = new RowLoader(duck, schema, nextTable(), columns);
    loader.load(rows);
    return new LazyRelation(output(columns), (wanted, any, all, plan) -> loader.select(wanted));
  }

  @Override
  public Relation sql(String statement, Map<String, Relation> inputs, Map<String, ?> parameters) {
    Map<String, LazyRelation> named = new HashMap<>();
    inputs.forEach((name, input) -> named.put(name.toLowerCase(Locale.ROOT), own(input)));
    TableResolver tables =
        (database, table) -> {
          LazyRelation input = database.isEmpty() ? named.get(table) : null;
          return input == null
              ? datasets.resolve(database, table)
              : Optional.of(input.table(table));
        };
    Translation translation =
        new Translator(tables, DEFAULT_DATABASE, clock).translate(statement, parameters);
    Plan.authorize(translation);
    return new LazyRelation(
        translation.columns(), (wanted, any, all, plan) -> derived(translation, wanted, plan));
  }

  private static String derived(Translation translation, Set<String> wanted, Plan plan) {
    List<String> names =
        translation.columns().stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    return "SELECT "
        + (wanted.isEmpty() ? "1 AS lake_row" : SqlText.names(wanted))
        + " FROM ("
        + plan.compose(translation)
        + ") AS r("
        + SqlText.names(names)
        + ")";
  }

  @Override
  public Relation keep(Relation relation) {
    LazyRelation lazy = own(relation);
    String table = SqlText.name(schema) + "." + SqlText.name(nextTable());
    Plan plan = new Plan(duck);
    try (Running running = Running.atOnce(duck, plan)) {
      running.execute("CREATE TABLE " + table + " AS " + lazy.select(plan));
    }
    Set<DatasetId> read = plan.datasets();
    return new LazyRelation(
        lazy.output(),
        (wanted, any, all, later) -> {
          later.mentions(read);
          return "SELECT "
              + (wanted.isEmpty() ? "1 AS lake_row" : SqlText.names(wanted))
              + " FROM "
              + table;
        });
  }

  @Override
  public List<Use> uses() {
    return datasets.uses();
  }

  @Override
  public Rows stream(Relation relation) {
    LazyRelation lazy = own(relation);
    Plan plan = new Plan(duck);
    try {
      return EmbeddedRows.start(
          duck, plan, Optional.empty(), cancel -> {}, () -> lazy.select(plan), lazy.output());
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  @Override
  public List<DataFile> write(Relation relation, Draft draft) {
    return DatasetWriter.write(duck, draft, own(relation), Optional.empty());
  }

  private String nextTable() {
    requireUsable();
    return "t" + ++tables;
  }

  private LazyRelation own(Relation relation) {
    requireUsable();
    return (LazyRelation) relation;
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("The workbench was closed");
    }
    if (duck.database() != database) {
      throw new UnavailableException(
          "use",
          Duck.THIS,
          "the engine failed with an error of its own and was started anew, which has lost what"
              + " the workbench had; open another one");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      duck.dropSchema(schema);
    }
  }
}
