package io.lakesdk.query.federated;

import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowParts;
import io.lakesdk.schema.Column;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The rows of one scan of a source on their way to the engine. */
public final class SourceRows implements RowParts, AutoCloseable {

  private static final int BATCH = 1000;

  private final Seam seam;
  private final Subject subject;
  private final SourceScan scan;
  private final LongAdder read = new LongAdder();
  private final Set<Reading> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  SourceRows(Seam seam, Subject subject, SourceScan scan) {
    this.seam = seam;
    this.subject = subject;
    this.scan = scan;
  }

  /** How many rows the source has given so far. */
  public long read() {
    return read.sum();
  }

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
    requireWanted();
    Reading reading = new Reading(seam.call(Call.SCAN_SOURCE, subject, scan::open));
    open.add(reading);
    if (cancelled) {
      reading.close();
      requireWanted();
    }
    return reading;
  }

  private void requireWanted() {
    if (cancelled) {
      throw SourceException.unavailable("the statement was stopped");
    }
  }

  @Override
  public LakeException failed(int part, long row, Throwable cause) {
    return SourceException.of("read", subject, cause);
  }

  /** Has nobody wait for the source any longer. */
  public void cancel() {
    cancelled = true;
    open.forEach(reading -> reading.cursor.cancel());
  }

  /** Gives up what the source holds for those who have not read to the end. */
  @Override
  public void close() {
    cancelled = true;
    open.forEach(Reading::close);
  }

  private final class Reading implements RowFormat.Reader {
    private final SourceCursor cursor;
    private long rows;

    Reading(SourceCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean next(@Nullable Object[] row) {
      requireWanted();
      boolean more =
          rows % BATCH == 0
              ? seam.call(Call.FETCH_SOURCE_ROWS, subject, () -> cursor.next(row))
              : cursor.next(row);
      if (more) {
        rows++;
        read.increment();
      }
      return more;
    }

    @Override
    public void close() {
      if (open.remove(this)) {
        cursor.close();
      }
    }
  }
}
