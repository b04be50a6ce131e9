package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.access.VisibleDatasets;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.federated.Federation;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.files.RowParts;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.information.InformationSchema;
import io.lakesdk.query.information.InformationTable;
import io.lakesdk.query.projection.ProjectedSnapshot;
import io.lakesdk.query.projection.Projection;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.query.workbench.Workbench;
import io.lakesdk.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that one statement names. Each is looked up once and read at one snapshot, however
 * often it is named.
 */
final class LakeTables implements TableResolver {

  private final Lake lake;
  private final VisibleDatasets datasets;
  private final String defaultDatabase;
  private final Instant now;
  private final Map<DatasetId, SourceTable> tables = new HashMap<>();
  private final Map<DatasetId, Snapshot> given = new HashMap<>();
  private final Set<Workbench.Use> uses = new LinkedHashSet<>();

  LakeTables(Lake lake, String defaultDatabase) {
    this.lake = lake;
    this.datasets = new VisibleDatasets(lake, defaultDatabase);
    this.defaultDatabase = defaultDatabase;
    this.now = lake.clock().instant();
  }

  @Override
  public Optional<SourceTable> resolve(Optional<String> database, String table) {
    if (database.orElse(defaultDatabase).equals(InformationSchema.NAME)) {
      return InformationTable.named(table).map(known -> known.table(new Information(lake, known)));
    }
    return Optional.of(tables.computeIfAbsent(datasets.id(database, table), this::find));
  }

  @Override
  public Optional<SourceTable> federated(String catalog, String schema, String table) {
    Federation federation = Federation.of(lake);
    return federation.catalogs().contains(catalog)
        ? Optional.of(
            tables.computeIfAbsent(
                Federation.id(catalog, schema, table),
                id -> new FederatedScan(federation.table(id)).table()))
        : Optional.empty();
  }

  /** The same tables without what is known of the values in their files. */
  TableResolver withoutFacts() {
    return (database, table) ->
        resolve(database, table)
            .map(
                known ->
                    known.handle() instanceof DatasetSource source
                        ? source.visible().table(source)
                        : known);
  }

  /** The dataset at the snapshot that is given, which statements that name it read from now on. */
  DatasetSource at(Dataset dataset, Snapshot snapshot) {
    VisibleDataset visible = VisibleDataset.of(lake, dataset);
    if (visible.isHidden()) {
      visible.authorize(Set.copyOf(dataset.columns().names()));
      throw datasets.absent(dataset.id().toString());
    }
    if (Projection.isEnabled(dataset)) {
      throw new InvalidDefinitionException(
          "read a version of",
          Subject.dataset(dataset.id()),
          "it has partition projection, which is not of versions but of what lies in its folders;"
              + " name it in a statement of SQL");
    }
    given.putIfAbsent(dataset.id(), snapshot);
    uses.add(new Workbench.Use(dataset.id(), snapshot.version()));
    return new DatasetSource(lake, visible, snapshot);
  }

  /** The datasets that were given or named, with the versions that are read. */
  List<Workbench.Use> uses() {
    return List.copyOf(uses);
  }

  private SourceTable find(DatasetId id) {
    VisibleDataset visible = datasets.find(id);
    if (visible.isView()) {
      return visible.table(visible);
    }
    Snapshot snapshot = given.get(id);
    if (snapshot == null) {
      snapshot = Publishing.of(lake).snapshot(visible.dataset());
      if (Projection.isEnabled(visible.dataset())) {
        snapshot = ProjectedSnapshot.of(lake, visible.dataset(), snapshot, now);
      }
    }
    uses.add(new Workbench.Use(id, snapshot.version()));
    return new DatasetSource(lake, visible, snapshot).table();
  }

  /** A table of {@code information_schema}, whose rows are made when they are read. */
  private record Information(Lake lake, InformationTable table) implements Plan.NamedSource {

    @Override
    public void announce(TableUse use, Plan plan) {
      // It has no files, and shows no more than the principal may see.
    }

    @Override
    public PlannedQuery.Scan scan(TableUse use) {
      return new PlannedQuery.Scan(
          use.table().name(), List.of("columns: " + String.join(", ", use.columns())));
    }

    @Override
    public String select(
        Set<String> names, PartitionFilter partitions, RowCondition rows, Plan plan) {
      List<Column> columns = table.columns(names);
      RowScan scan = new RowScan(new InformationRows(lake, table, rows), columns);
      String call = RowFunction.call(plan.add(scan));
      List<String> selected = new ArrayList<>();
      RowFunction.expressions(scan)
          .forEach((name, sql) -> selected.add(sql + " AS " + SqlText.name(name)));
      return "SELECT "
          + (selected.isEmpty() ? "1 AS lake_row" : String.join(", ", selected))
          + " FROM "
          + call
          + " AS f";
    }
  }

  /** The rows of a table of {@code information_schema} on their way to the engine. */
  private record InformationRows(Lake lake, InformationTable table, RowCondition rows)
      implements RowParts {

    @Override
    public boolean isText() {
      return false;
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public RowFormat.Reader open(int part, List<Column> columns) {
      Iterator<@Nullable Object[]> values =
          new InformationSchema(lake, rows).rows(table, columns).iterator();
      return new RowFormat.Reader() {
        @Override
        public boolean next(@Nullable Object[] row) {
          if (!values.hasNext()) {
            return false;
          }
          System.arraycopy(values.next(), 0, row, 0, row.length);
          return true;
        }

        @Override
        public void close() {
          // It holds nothing.
        }
      };
    }

    @Override
    public LakeException failed(int part, long row, Throwable cause) {
      return new UnavailableException(
          "read",
          Subject.dataset(InformationSchema.NAME + "." + table.sqlName()),
          "the catalog could not be read; try again",
          cause);
    }
  }
}
