package io.lakesdk.query.files;

import io.lakesdk.error.LakeException;
import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBTableFunctionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that Java reads for one statement, part by part, and what went wrong with them. */
public final class RowScan {

  private static final Logger LOG = LoggerFactory.getLogger(RowScan.class);

  private final RowParts parts;
  private final List<Column> columns;
  private final AtomicReference<@Nullable LakeException> failure = new AtomicReference<>();

  /**
   * @param columns those that are read
   */
  public RowScan(RowParts parts, List<Column> columns) {
    this.parts = parts;
    this.columns = List.copyOf(columns);
  }

  /**
   * A scan of files.
   *
   * @param columns those that are read
   * @param paths where the files are, in their order
   */
  public static RowScan of(
      RowFormat format, List<Column> columns, List<ObjectRef> files, List<Path> paths) {
    return new RowScan(new FileParts(format, files, paths), columns);
  }

  boolean isText() {
    return parts.isText();
  }

  List<Column> columns() {
    return columns;
  }

  int parts() {
    return parts.count();
  }

  /** What was wrong, which the engine only knows to have failed. */
  public Optional<LakeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Thrown by a reader for a value that its column cannot hold. */
  public static final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Column column;

    public Misfit(Column column) {
      super(column.name(), null, false, false);
      this.column = column;
    }

    Column column() {
      return column;
    }
  }

  /** Which parts one reading has begun. */
  static final class Run {
    private final AtomicInteger next = new AtomicInteger();
  }

  /** What one thread reads: part after part, until none is left. */
  final class Turn implements DuckDBTableFunctionState {

    private final @Nullable Object[] row = new @Nullable Object[columns.size()];
    private RowFormat.@Nullable Reader reader;
    private int part;
    private long number;

    /** The number of the part that the row is of. */
    int part() {
      return part;
    }

    /** The next row, or null after the last; good until the row after it. */
    @Nullable Object @Nullable [] next(Run run) {
      try {
        while (true) {
          RowFormat.Reader current = reader;
          if (current == null) {
            part = run.next.getAndIncrement();
            if (part >= parts.count()) {
              return null;
            }
            number = 0;
            reader = parts.open(part, columns);
          } else {
            number++;
            if (current.next(row)) {
              return row;
            }
            reader = null;
            current.close();
          }
        }
      } catch (IOException
          | RuntimeException
          | StackOverflowError
          | OutOfMemoryError
          | LinkageError e) {
        throw failed(e);
      }
    }

    private LakeException failed(Throwable cause) {
      LakeException told =
          cause instanceof LakeException known ? known : parts.failed(part, number, cause);
      failure.compareAndSet(null, told);
      return told;
    }

    @Override
    public void close() {
      RowFormat.Reader current = reader;
      reader = null;
      if (current != null) {
        try {
          current.close();
        } catch (IOException e) {
          LOG.debug("What was read was not closed: {}", e.getClass().getName());
        }
      }
    }
  }
}
