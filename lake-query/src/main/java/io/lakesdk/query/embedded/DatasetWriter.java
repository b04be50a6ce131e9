package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.Partition;
import io.lakesdk.query.duckdb.BucketNumber;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Values;
import io.lakesdk.query.files.RowFormats;
import io.lakesdk.query.files.RowWriter;
import io.lakesdk.query.files.compression.TextCompression;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes a relation as files of a dataset's columns, partitions and format. Without partitions this
 * is one COPY, and so it is for Parquet with partitions where there is a folder to write in.
 * Otherwise the rows are computed once and each partition is copied from there.
 */
final class DatasetWriter {

  private static final String NAME = "w";
  private static final int MOST_BUCKETS = 100;

  private final Duck duck;
  private final NewFiles files;
  private final Dataset dataset;
  private final WriteColumns columns;
  private final Optional<Duration> timeout;

  /**
   * @param timeout how long it may take
   */
  DatasetWriter(
      Duck duck,
      Dataset dataset,
      NewFiles files,
      LazyRelation relation,
      Optional<Duration> timeout) {
    this.duck = duck;
    this.timeout = timeout;
    this.files = files;
    this.dataset = dataset;
    this.columns = new WriteColumns(dataset, relation);
  }

  /** Where files are made. */
  interface NewFiles {

    /** A new empty file to overwrite in place. */
    Path file();

    /** A folder to write files of any name in; empty where it cannot be had. */
    Optional<Path> folder();

    static NewFiles of(Draft draft) {
      return new NewFiles() {
        @Override
        public Path file() {
          return draft.newFile();
        }

        @Override
        public Optional<Path> folder() {
          return draft.folder();
        }
      };
    }

    static NewFiles of(LocalFiles.Staging staging, Dataset dataset) {
      return new NewFiles() {
        @Override
        public Path file() {
          return staging.file(Format.fileEnding(dataset.format()));
        }

        @Override
        public Optional<Path> folder() {
          return staging.folder();
        }
      };
    }
  }

  /** Writes them as files of a load. */
  static List<DataFile> write(
      Duck duck, Draft draft, LazyRelation relation, Optional<Duration> timeout) {
    return draft.add(
        new DatasetWriter(duck, draft.dataset(), NewFiles.of(draft), relation, timeout).write());
  }

  /** One file, or one of each partition. */
  List<Draft.NewFile> write() {
    Plan plan = new Plan(duck);
    plan.writes(columns);
    try (Running running = Running.atOnce(duck, plan, timeout)) {
      return write(running, plan);
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  private List<Draft.NewFile> write(Running running, Plan plan) {
    String rows = columns.select(plan);
    boolean bucketed = dataset.bucketing().isPresent();
    if (!dataset.isPartitioned() && !bucketed) {
      return List.of(copy(running, rows, new Share(Partition.none(), OptionalInt.empty())));
    }
    Optional<Path> folder = bucketed ? Optional.empty() : files.folder();
    if (folder.isPresent() && dataset.format() instanceof Format.Parquet parquet) {
      return copyPartitioned(running, rows, parquet, folder.get());
    }
    String schema = duck.newSchema();
    try {
      return copyEach(running, plan, rows, SqlText.name(schema) + "." + SqlText.name(NAME));
    } finally {
      duck.dropSchema(schema);
    }
  }

  /** What goes into one file. */
  private record Share(Partition partition, OptionalInt bucket) {

    Draft.NewFile in(Path file, long rows) {
      return new Draft.NewFile(file, partition, rows, bucket);
    }
  }

  private Draft.NewFile copy(Running running, String rows, Share share) {
    Path file = files.file();
    if (RowFormats.isWritten(dataset.format())) {
      return share.in(file, copyRows(running, rows, file));
    }
    Path packed = file;
    boolean inJava = isPackedInJava();
    if (inJava) {
      file = files.file();
    }
    String sql =
        "COPY ("
            + rows
            + ") TO "
            + SqlText.literal(file.toString())
            + " ("
            + format()
            + ", USE_TMP_FILE false, RETURN_FILES true)";
    ResultSet result = running.query(sql);
    long count = running.guarded(() -> result.next() ? result.getLong(1) : 0);
    if (inJava) {
      pack(file, packed);
    }
    return share.in(packed, count);
  }

  /** DuckDB compresses text with gzip alone. */
  private boolean isPackedInJava() {
    Format format = dataset.format();
    return !(format instanceof Format.Parquet)
        && format.compression() != Format.Compression.NONE
        && format.compression() != Format.Compression.GZIP;
  }

  private void pack(Path from, Path to) {
    try {
      TextCompression.of(dataset.format().compression()).pack(from, to);
      // It is kept until the load ends, and need not take room until then.
      Files.newOutputStream(from).close();
    } catch (IOException e) {
      throw fileSystem(e);
    }
  }

  private UnavailableException fileSystem(Exception cause) {
    return new UnavailableException(
        "write", Subject.dataset(dataset.id()), "the file system does not take its files", cause);
  }

  /** Rows go from the engine to the file one by one. */
  private long copyRows(Running running, String rows, Path file) {
    try (RowWriter writer = RowFormats.writer(dataset, file)) {
      ResultSet result = running.query(rows);
      return running.guarded(() -> addAll(result, writer));
    } catch (IOException | UncheckedIOException e) {
      throw fileSystem(e);
    }
  }

  private long addAll(ResultSet result, RowWriter writer) throws SQLException {
    List<SqlType> types =
        dataset.schema().columns().stream().map(column -> SqlTypes.of(column.type())).toList();
    @Nullable Object[] row = new @Nullable Object[types.size()];
    long count = 0;
    while (result.next()) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Values.read(result, i + 1, types.get(i));
      }
      try {
        writer.add(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      count++;
    }
    return count;
  }

  private List<Draft.NewFile> copyPartitioned(
      Running running, String rows, Format.Parquet parquet, Path folder) {
    int number = 0;
    while (folder.resolve(NAME + number).toFile().exists()) {
      number++;
    }
    String sql =
        "COPY ("
            + rows
            + ") TO "
            + SqlText.literal(folder.resolve(NAME + number).toString())
            + " ("
            + parquet(parquet)
            + ", PARTITION_BY ("
            + SqlText.names(dataset.partitions().stream().map(Column::name).toList())
            + "), RETURN_STATS true)";
    ResultSet result = running.query(sql);
    return running.guarded(
        () -> {
          List<Draft.NewFile> written = new ArrayList<>();
          while (result.next()) {
            Map<?, ?> keys = (Map<?, ?>) result.getObject("partition_keys");
            written.add(
                new Draft.NewFile(
                    Path.of(result.getString("filename")),
                    partition(keys),
                    result.getLong("count")));
          }
          return written;
        });
  }

  private Partition partition(Map<?, ?> keys) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (Column key : dataset.partitions()) {
      values.put(key.name(), Optional.ofNullable((String) keys.get(key.name())));
    }
    return Partition.of(values);
  }

  private List<Draft.NewFile> copyEach(Running running, Plan plan, String rows, String table) {
    running.execute("CREATE TABLE " + table + " AS " + numbered(rows));
    plan.parameters().clear();
    List<Draft.NewFile> written = new ArrayList<>();
    String data = SqlText.names(dataset.schema().names());
    for (Share share : shares(running, table)) {
      List<String> conditions = new ArrayList<>();
      for (Column key : dataset.partitions()) {
        conditions.add(text(key) + " IS NOT DISTINCT FROM " + literal(share.partition(), key));
      }
      share.bucket().ifPresent(bucket -> conditions.add(bucket() + " = " + bucket));
      String condition = String.join(" AND ", conditions);
      written.add(
          copy(running, "SELECT " + data + " FROM " + table + " WHERE " + condition, share));
    }
    return written;
  }

  /** The rows with the number of their bucket, where there are such. */
  private String numbered(String rows) {
    return dataset
        .bucketing()
        .map(
            bucketing ->
                "SELECT *, "
                    + BucketNumber.sql(bucketing, dataset.schema())
                    + " AS "
                    + bucket()
                    + " FROM ("
                    + rows
                    + ")")
        .orElse(rows);
  }

  /** A column that the dataset does not have. */
  private String bucket() {
    String name = "bucket";
    while (dataset.columns().names().contains(name)) {
      name += "_";
    }
    return SqlText.name(name);
  }

  private List<Share> shares(Running running, String table) {
    List<String> keys = new ArrayList<>();
    dataset.partitions().forEach(key -> keys.add(text(key)));
    boolean bucketed = dataset.bucketing().isPresent();
    if (bucketed) {
      keys.add(bucket());
    }
    ResultSet result =
        running.query(
            "SELECT DISTINCT " + String.join(", ", keys) + " FROM " + table + " ORDER BY ALL");
    return running.guarded(
        () -> {
          List<Share> shares = new ArrayList<>();
          while (result.next()) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (int i = 0; i < dataset.partitions().size(); i++) {
              values.put(dataset.partitions().get(i).name(), result.getString(i + 1));
            }
            OptionalInt bucket =
                bucketed ? OptionalInt.of(result.getInt(keys.size())) : OptionalInt.empty();
            shares.add(new Share(partition(values), bucket));
          }
          requireFew(shares);
          return shares;
        });
  }

  /**
   * Athena's limit of partitions and buckets together. Source: "Considerations and limitations for
   * CTAS queries" of the Athena user guide.
   */
  private void requireFew(List<Share> shares) {
    if (dataset.bucketing().isPresent() && shares.size() > MOST_BUCKETS) {
      throw new InvalidDefinitionException(
          "write",
          Subject.dataset(dataset.id()),
          "there are rows of "
              + shares.size()
              + " buckets in its partitions, and Athena takes "
              + MOST_BUCKETS
              + " in one statement; take fewer buckets or fewer partitions");
    }
  }

  private static String text(Column key) {
    return "CAST(" + SqlText.name(key.name()) + " AS VARCHAR)";
  }

  private static String literal(Partition partition, Column key) {
    Optional<String> value = partition.values().get(key.name());
    return value == null || value.isEmpty() ? "NULL" : SqlText.literal(value.get());
  }

  private String format() {
    Format format = dataset.format();
    if (format instanceof Format.Parquet parquet) {
      return parquet(parquet);
    }
    if (format instanceof Format.Csv csv) {
      String quote = SqlText.literal(String.valueOf(csv.quote()));
      return "FORMAT csv, HEADER "
          + (csv.header() == Format.Header.PRESENT)
          + ", DELIMITER "
          + SqlText.literal(String.valueOf(csv.delimiter()))
          + ", QUOTE "
          + quote
          + ", ESCAPE "
          + quote
          + ", NULLSTR ''"
          + gzip(format);
    }
    return "FORMAT json" + gzip(format) + (format instanceof Format.Json ? ", ARRAY true" : "");
  }

  private static String gzip(Format format) {
    boolean zipped = format.compression() == Format.Compression.GZIP;
    return ", COMPRESSION " + (zipped ? "'gzip'" : "'none'");
  }

  private static String parquet(Format.Parquet format) {
    return "FORMAT parquet, COMPRESSION "
        + switch (format.compression()) {
          case ZSTD -> "zstd";
          case SNAPPY -> "snappy";
          case GZIP -> "gzip";
          case NONE -> "uncompressed";
          case BZIP2, LZ4, DEFLATE, ZLIB ->
              throw new IllegalArgumentException("Parquet is not so compressed");
        };
  }
}
