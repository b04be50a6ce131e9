package io.lakesdk.query.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.Bill;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.access.Authorization;
import io.lakesdk.query.access.VisibleTable;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.federated.SourceRows;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.TableUse;
import io.lakesdk.query.sql.Translation;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectRef;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one statement needs while it runs: the values of its parameters, the files that it reads,
 * held as local files until it is closed, and what errors must be able to name.
 */
final class Plan implements AutoCloseable {

  private final LocalFiles files;
  private final ParquetColumns parquet;
  private final TextHeaders texts;
  private final List<@Nullable Object> parameters = new ArrayList<>();
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final Map<String, ObjectRef> objects = new HashMap<>();
  private final Map<ObjectRef, Path> unpacked = new HashMap<>();
  private final List<Scan> scans = new ArrayList<>();
  private final Set<DatasetId> reads = new TreeSet<>();
  private final Map<DatasetId, Snapshot.Totals> totals = new LinkedHashMap<>();
  private final Map<ObjectRef, DataFile> scanned = new HashMap<>();
  private final Set<String> partitions = new HashSet<>();
  private final RowFunction rowFunction;
  private final List<RowScan> rowScans = new ArrayList<>();
  private final Queue<SourceRows> sources = new ConcurrentLinkedQueue<>();
  private final BigDecimal pricePerTerabyte;
  private @Nullable WriteColumns written;

  Plan(Duck duck) {
    this(duck, Bill.USUAL_PRICE);
  }

  /**
   * @param pricePerTerabyte of what the statement scans, in US dollars
   */
  Plan(Duck duck, BigDecimal pricePerTerabyte) {
    this.pricePerTerabyte = pricePerTerabyte;
    this.files = duck.files();
    this.rowFunction = duck.rowFunction();
    this.parquet = new ParquetColumns(duck, this);
    this.texts = new TextHeaders(duck, this);
  }

  /** What is in Parquet files. */
  ParquetColumns parquet() {
    return parquet;
  }

  /** What is in CSV and JSON files. */
  TextHeaders texts() {
    return texts;
  }

  /**
   * Files that are read in one go.
   *
   * @param dataset whose
   * @param files in the order in which DuckDB counts them
   * @param reader how values are read from their text; nothing for Parquet
   */
  record Scan(DatasetId dataset, List<DataFile> files, Optional<Texts.TextColumns> reader) {}

  /**
   * A text file that DuckDB can read.
   *
   * @param compression what is at the path is compressed with, nothing or gzip
   */
  record TextFile(DataFile file, Path path, TextCompression compression) {

    ObjectRef object() {
      return file.object();
    }

    boolean isEmpty() {
      return file.bytes() == 0;
    }
  }

  /** Makes one statement of a translation and what its tables are. */
  String compose(Translation translation) {
    String sql = SqlText.shiftParameters(translation.sql(), parameters.size());
    parameters.addAll(translation.parameters());
    if (translation.tables().isEmpty()) {
      return sql;
    }
    List<String> tables = new ArrayList<>();
    for (TableUse use : translation.tables()) {
      Source source = (Source) use.table().handle();
      tables.add(
          SqlText.name(use.token()) + " AS NOT MATERIALIZED (" + source.select(use, this) + ")");
    }
    return "WITH " + String.join(", ", tables) + " SELECT * FROM (" + sql + ")";
  }

  /** Asks for everything that a statement reads of datasets. */
  static void authorize(Translation translation) {
    Authorization.require(
        translation,
        handle ->
            handle instanceof TableSource source
                ? Optional.of(source.visible())
                : Optional.empty());
  }

  List<@Nullable Object> parameters() {
    return parameters;
  }

  /** Notes what a dataset holds and which of its files are wanted. */
  void reads(DatasetId dataset, Snapshot.Totals all, List<DataFile> wanted) {
    reads.add(dataset);
    totals.put(dataset, all);
    for (DataFile file : wanted) {
      scanned.put(file.object(), file);
      partitions.add(dataset + "/" + file.partition().path());
    }
  }

  /** Notes datasets whose rows were read before, to be named in errors. */
  void mentions(Set<DatasetId> datasets) {
    reads.addAll(datasets);
  }

  /** The datasets that rows come from. */
  Set<DatasetId> datasets() {
    return Set.copyOf(reads);
  }

  QueryStats stats() {
    QueryStats stats =
        QueryStats.planned(
            totals.values().stream().mapToLong(Snapshot.Totals::partitions).sum(),
            partitions.size(),
            totals.values().stream().mapToLong(Snapshot.Totals::files).sum(),
            scanned.size(),
            scanned.values().stream().mapToLong(DataFile::bytes).sum());
    return stats
        .billed(stats.bill().at(pricePerTerabyte))
        .withSourceRows(sources.stream().mapToLong(SourceRows::read).sum());
  }

  /** Makes files readable for as long as the plan is open. */
  List<Path> lease(List<DataFile> wanted) {
    return hold(wanted, files.lease(refs(wanted)));
  }

  /** {@link #lease(List)} where only parts of the files are read. */
  List<Path> lease(List<DataFile> wanted, LocalFiles.Selection selection) {
    return hold(wanted, files.lease(refs(wanted), selection));
  }

  /** {@link #lease(List)} for text, which is unpacked first where DuckDB cannot do it. */
  List<TextFile> leaseText(List<DataFile> wanted) {
    List<Path> paths = lease(wanted);
    List<TextFile> texts = new ArrayList<>(paths.size());
    for (int i = 0; i < paths.size(); i++) {
      DataFile file = wanted.get(i);
      TextCompression compression = TextCompression.of(file.object());
      boolean asIs =
          file.bytes() == 0
              || compression == TextCompression.NONE
              || compression == TextCompression.GZIP;
      texts.add(
          asIs
              ? new TextFile(file, paths.get(i), compression)
              : new TextFile(file, unpacked(file.object(), paths.get(i)), TextCompression.NONE));
    }
    return texts;
  }

  private Path unpacked(ObjectRef file, Path packed) {
    Path known = unpacked.get(file);
    if (known == null) {
      LocalFiles.Staging staging = files.stage();
      held.add(staging::close);
      known = staging.file("txt");
      TextCompression.of(file).unpack(file, packed, known);
      unpacked.put(file, known);
    }
    objects.remove(packed.toString());
    objects.put(known.toString(), file);
    return known;
  }

  /** A whole file, where only parts of it may have been made readable. */
  Path whole(ObjectRef file) {
    LocalFiles.Lease lease = files.lease(List.of(file));
    held.add(lease::close);
    return lease.path(file);
  }

  private static List<ObjectRef> refs(List<DataFile> wanted) {
    return wanted.stream().map(DataFile::object).toList();
  }

  private List<Path> hold(List<DataFile> wanted, LocalFiles.Lease lease) {
    held.add(lease::close);
    List<Path> paths = new ArrayList<>(wanted.size());
    for (DataFile file : wanted) {
      ObjectRef ref = file.object();
      Path path = lease.path(ref);
      objects.put(path.toString(), ref);
      paths.add(path);
    }
    return paths;
  }

  /** The object behind a path that DuckDB speaks of. */
  Optional<ObjectRef> object(String path) {
    return Optional.ofNullable(objects.get(path));
  }

  Map<String, ObjectRef> objects() {
    return Collections.unmodifiableMap(objects);
  }

  /** Notes a scan, so that an error can name a file and a column by numbers. */
  int add(Scan scan) {
    scans.add(scan);
    return scans.size() - 1;
  }

  /** Notes a scan whose rows Java reads; the number names it as long as the plan is open. */
  long add(RowScan scan) {
    rowScans.add(scan);
    long number = rowFunction.add(scan);
    held.add(() -> rowFunction.remove(number));
    return number;
  }

  /** Notes rows of a federated source, which are given up with the plan. */
  void add(SourceRows rows) {
    sources.add(rows);
    held.add(rows::close);
  }

  /** Whether anything is read that DuckDB's own interrupt does not reach. */
  boolean readsSources() {
    return !sources.isEmpty();
  }

  /** Has federated sources give no more rows, so that nobody waits for them. */
  void stop() {
    sources.forEach(SourceRows::cancel);
  }

  /** What was wrong with what Java read. */
  Optional<LakeException> rowFailure() {
    return rowScans.stream().flatMap(scan -> scan.failure().stream()).findFirst();
  }

  Scan scan(int number) {
    return scans.get(number);
  }

  List<Scan> scans() {
    return Collections.unmodifiableList(scans);
  }

  /** Notes what the statement writes. */
  void writes(WriteColumns columns) {
    written = columns;
  }

  /** The error of a value that does not fit the dataset's column of this number. */
  RuntimeException misfit(int column) {
    WriteColumns columns = written;
    return columns == null
        ? new IllegalStateException("A statement that does not write failed to write")
        : columns.misfit(column);
  }

  /** The statement, named by what it reads. */
  Subject subject() {
    List<String> names = reads.stream().map(DatasetId::toString).toList();
    return Subject.of(
        Subject.Kind.QUERY,
        names.isEmpty() ? "without datasets" : "over " + String.join(", ", names));
  }

  /** Gives the files back; a lake that is closed does so while another thread still composes. */
  @Override
  public void close() {
    for (Runnable end = held.poll(); end != null; end = held.poll()) {
      end.run();
    }
  }

  /** What a statement may read from, as the runner's side of a table. */
  interface Source {

    /**
     * Writes a query for DuckDB that has these columns, in any order, or one of any name if there
     * are none. What it needs while it runs is noted in the plan.
     *
     * @param columns lower-case names
     * @param partitions rows of other partitions may be left out
     * @param rows rows that do not fulfil it may be left out
     */
    String select(Set<String> columns, PartitionFilter partitions, RowCondition rows, Plan plan);

    /** What a use of the table needs. */
    default String select(TableUse use, Plan plan) {
      return select(use.columns(), use.partitions(), use.rows(), plan);
    }
  }

  /** A table that statements name, and are authorised for. */
  interface TableSource extends NamedSource {

    VisibleTable visible();
  }

  /** A table that statements name. */
  interface NamedSource extends Source {

    /** Notes in the plan what a use reads, without reading yet. */
    void announce(TableUse use, Plan plan);

    /** What a use reads, to be told. */
    PlannedQuery.Scan scan(TableUse use);
  }
}
