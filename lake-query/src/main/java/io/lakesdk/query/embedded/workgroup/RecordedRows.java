package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.rows.StreamedRows;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement in a workgroup. Reading them to their end completes the file of the
 * result and the execution; closing them before cancels it.
 */
final class RecordedRows extends StreamedRows {

  private final Rows inner;
  private final Attempt attempt;
  private final Open open = new Open();
  private @Nullable Iterator<List<@Nullable Object>> left;

  /** What is open besides the rows; apart from them, so that it is closed when they are garbage. */
  private static final class Open implements AutoCloseable {
    private ResultFiles.@Nullable Writing files;

    synchronized Optional<ResultFiles.Writing> files() {
      return Optional.ofNullable(files);
    }

    synchronized void opened(ResultFiles.Writing writing) {
      files = writing;
    }

    @Override
    public synchronized void close() {
      if (files != null) {
        files.close();
      }
    }
  }

  private RecordedRows(Rows inner, Attempt attempt) {
    super(
        inner.columns(),
        () -> Subject.of(Subject.Kind.QUERY, "in workgroup " + attempt.workgroup()));
    this.inner = inner;
    this.attempt = attempt;
  }

  /** A statement whose rows are to be read; one that is done has succeeded. */
  static Rows of(Rows inner, Attempt attempt) {
    RecordedRows rows = new RecordedRows(inner, attempt);
    if (inner instanceof FixedRows) {
      attempt.succeeded(inner.stats(), Optional.empty());
    } else {
      Open open = rows.open;
      attempt
          .history()
          .ifPresent(
              history ->
                  history.whenGivenUp(
                      rows,
                      () -> {
                        open.close();
                        attempt.stopped("its rows were given up");
                      }));
    }
    return rows;
  }

  @Override
  protected Optional<@Nullable Object[]> next() {
    try {
      Iterator<List<@Nullable Object>> reading = left;
      if (reading == null) {
        reading = inner.asLists().iterator();
        left = reading;
        if (!(inner instanceof FixedRows)) {
          attempt.write(inner.columns()).ifPresent(open::opened);
        }
      }
      if (!reading.hasNext()) {
        Optional<String> file = open.files().map(ResultFiles.Writing::complete);
        attempt.succeeded(inner.stats(), file);
        return Optional.empty();
      }
      List<@Nullable Object> row = reading.next();
      open.files().ifPresent(files -> files.row(row));
      return Optional.of(row.toArray());
    } catch (LakeException e) {
      attempt.failed(e);
      throw e;
    }
  }

  @Override
  public Optional<String> executionId() {
    return Optional.of(attempt.id());
  }

  @Override
  public QueryStats stats() {
    return inner.stats();
  }

  @Override
  public OptionalLong written() {
    return inner.written();
  }

  @Override
  public void cancel() {
    attempt.cancel();
  }

  @Override
  public void close() {
    inner.close();
    open.close();
    attempt.stopped("its rows were closed");
  }
}
