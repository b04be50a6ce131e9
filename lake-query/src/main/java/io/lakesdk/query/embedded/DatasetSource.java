package io.lakesdk.query.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.embedded.Duck.FileFacts.FileColumn;
import io.lakesdk.query.projection.Projection;
import io.lakesdk.query.sql.Condition;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.storage.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A dataset at one snapshot, as far as the lake's principal may see it. */
final class DatasetSource implements Plan.TableSource {

  /** Of more files it is not looked up before each statement what is known of their values. */
  private static final int FEW = 1000;

  private final Lake lake;
  private final VisibleDataset visible;
  private final Snapshot snapshot;
  private final Map<PartitionFilter, List<DataFile>> files = new HashMap<>();

  DatasetSource(Lake lake, VisibleDataset visible, Snapshot snapshot) {
    this.lake = lake;
    this.visible = visible;
    this.snapshot = snapshot;
  }

  @Override
  public VisibleDataset visible() {
    return visible;
  }

  private DatasetId id() {
    return visible.dataset().id();
  }

  /** The columns that the principal may see, in order. */
  List<Column> columns() {
    return visible.columns();
  }

  /** With the digits of its decimals, where they are known of all files. */
  SourceTable table() {
    SourceTable table = visible.table(this);
    if (!mayHaveDigits(table)) {
      return table;
    }
    List<Map<String, FileColumn>> facts = new ArrayList<>();
    for (DataFile file : files(PartitionFilter.any())) {
      Optional<Map<String, FileColumn>> known = Duck.of(lake).facts().columns(file.object());
      if (known.isEmpty()) {
        return table;
      }
      facts.add(known.get());
    }
    return new SourceTable(
        table.name(),
        table.columns().stream().map(column -> withDigits(column, facts)).toList(),
        this);
  }

  /** A projected table does not say which files it has before it knows which ones are asked for. */
  private boolean mayHaveDigits(SourceTable table) {
    return visible.dataset().format() instanceof Format.Parquet
        && table.columns().stream().anyMatch(column -> column.type() instanceof DecimalType)
        && Duck.of(lake).facts().haveDigits()
        && !Projection.isEnabled(visible.dataset())
        && snapshot.totals().files() <= FEW;
  }

  private static SourceColumn withDigits(SourceColumn column, List<Map<String, FileColumn>> facts) {
    if (!(column.type() instanceof DecimalType) || column.use() != SourceColumn.Use.DATA) {
      return column;
    }
    String type = SqlTypes.of(column.type()).duckType();
    int most = 0;
    for (Map<String, FileColumn> file : facts) {
      FileColumn there = file.get(column.name());
      if (there == null) {
        // All is NULL in this file.
        continue;
      }
      if (!there.type().equals(type) || there.digits().isEmpty()) {
        return column;
      }
      most = Math.max(most, there.digits().getAsInt());
    }
    return column.withDigits(most);
  }

  /**
   * @throws AccessDeniedException naming the columns and the grant that is missing
   */
  void authorize(Set<String> columns) {
    visible.authorize(columns);
  }

  /** The files that a filter leaves, read once however often they are asked for. */
  List<DataFile> files(PartitionFilter filter) {
    return files.computeIfAbsent(filter, snapshot::files);
  }

  @Override
  public void announce(TableUse use, Plan plan) {
    announce(use.partitions(), plan);
  }

  private void announce(PartitionFilter filter, Plan plan) {
    plan.reads(id(), snapshot.totals(), files(filter));
  }

  @Override
  public PlannedQuery.Scan scan(TableUse use) {
    List<DataFile> read = files(use.partitions());
    Snapshot.Totals all = snapshot.totals();
    long partitions = read.stream().map(DataFile::partition).distinct().count();
    return new PlannedQuery.Scan(
        id() + ", version " + snapshot.version(),
        List.of(
            "columns: " + String.join(", ", use.columns()),
            "partitions: " + partitions + " of " + all.partitions(),
            "files: " + read.size() + " of " + all.files(),
            "bytes: " + read.stream().mapToLong(DataFile::bytes).sum()));
  }

  /**
   * All that decides on the rows of one use: the columns and rows that the principal sees, and the
   * files, by their versions.
   */
  List<Object> deciding(TableUse use) {
    List<Object> deciding = new ArrayList<>();
    deciding.add(columns().toString());
    deciding.add(visible.view().rowsFor(use.columns()).toString());
    deciding.add(visible.dataset().format().toString());
    deciding.add(visible.dataset().columns().toString());
    for (DataFile file : files(use.partitions())) {
      ObjectRef object = file.object();
      deciding.add(
          List.of(object.zone().name(), object.key(), object.version(), file.partition().path()));
    }
    return deciding;
  }

  @Override
  public String select(Set<String> columns, PartitionFilter filter, RowCondition rows, Plan plan) {
    announce(filter, plan);
    Optional<Condition> visibleRows = visible.rowFilter(columns);
    List<RowCondition> all = new ArrayList<>(List.of(rows));
    visibleRows.ifPresent(condition -> all.add(condition.rows()));
    return new TableScan(lake, visible.dataset(), plan)
        .select(columns, visibleRows.map(Condition::sql), new RowCondition.And(all), files(filter));
  }
}
