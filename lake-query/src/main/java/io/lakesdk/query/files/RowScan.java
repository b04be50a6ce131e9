package io.lakesdk.query.files;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
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

/** Files whose rows Java reads for one statement, and what went wrong with them. */
public final class RowScan {

  private static final Logger LOG = LoggerFactory.getLogger(RowScan.class);

  private final RowFormat format;
  private final List<Column> columns;
  private final List<ObjectRef> files;
  private final List<Path> paths;
  private final AtomicReference<@Nullable LakeException> failure = new AtomicReference<>();

  /**
   * @param columns those that are read
   * @param paths where the files are, in their order
   */
  public RowScan(RowFormat format, List<Column> columns, List<ObjectRef> files, List<Path> paths) {
    this.format = format;
    this.columns = List.copyOf(columns);
    this.files = List.copyOf(files);
    this.paths = List.copyOf(paths);
  }

  RowFormat format() {
    return format;
  }

  List<Column> columns() {
    return columns;
  }

  int files() {
    return files.size();
  }

  /** What was wrong with a file, which the engine only knows to have failed. */
  public Optional<LakeException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Thrown by a reader for a value that its column cannot hold. */
  static final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Column column;

    Misfit(Column column) {
      super(column.name(), null, false, false);
      this.column = column;
    }
  }

  /** Which files one reading has begun. */
  static final class Run {
    private final AtomicInteger next = new AtomicInteger();
  }

  /** What one thread reads: file after file, until none is left. */
  final class Turn implements DuckDBTableFunctionState {

    private final @Nullable Object[] row = new @Nullable Object[columns.size()];
    private RowFormat.@Nullable Reader reader;
    private int file;
    private long number;

    /** The number of the file that the row is of. */
    int file() {
      return file;
    }

    /** The next row, or null after the last; good until the row after it. */
    @Nullable Object @Nullable [] next(Run run) {
      try {
        while (true) {
          RowFormat.Reader current = reader;
          if (current == null) {
            file = run.next.getAndIncrement();
            if (file >= files.size()) {
              return null;
            }
            number = 0;
            reader = format.open(files.get(file), paths.get(file), columns);
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
      LakeException told;
      if (cause instanceof LakeException known) {
        told = known;
      } else if (cause instanceof Misfit misfit) {
        told =
            bad(
                "in row "
                    + number
                    + " the value of column "
                    + misfit.column.name()
                    + " does not fit "
                    + misfit.column.type());
      } else if (cause instanceof LinkageError) {
        LOG.warn("A library that reads files is missing or of another version", cause);
        told = bad("the library for its format is not whole; the log has the reason");
      } else {
        LOG.debug("A file is damaged: {}", cause.getClass().getName());
        told =
            bad(
                number == 0
                    ? "it is damaged, cut off, or no file of its dataset's format"
                    : "in row " + number + " its content is damaged or cut off");
      }
      failure.compareAndSet(null, told);
      return told;
    }

    private BadDataException bad(String reason) {
      ObjectRef ref = files.get(file);
      return new BadDataException("read", Subject.object(ref.zone(), ref.key()), reason);
    }

    @Override
    public void close() {
      RowFormat.Reader current = reader;
      reader = null;
      if (current != null) {
        try {
          current.close();
        } catch (IOException e) {
          LOG.debug("A file was not closed: {}", e.getClass().getName());
        }
      }
    }
  }
}
