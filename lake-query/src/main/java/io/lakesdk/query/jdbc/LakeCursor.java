package io.lakesdk.query.jdbc;

import io.lakesdk.error.LakeException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.jdbc.result.Cursor;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a statement as they come, with a limit to their number. */
final class LakeCursor implements Cursor {

  private final Rows rows;
  private final Iterator<List<@Nullable Object>> left;
  private final long most;
  private final Function<LakeException, SQLException> failure;
  private final Runnable closed;
  private final AtomicBoolean ended = new AtomicBoolean();
  private long count;

  /**
   * @param most how many rows are given at most; 0 for all
   * @param closed run when this was closed
   */
  LakeCursor(Rows rows, long most, Function<LakeException, SQLException> failure, Runnable closed) {
    this.rows = rows;
    this.left = rows.asLists().iterator();
    this.most = most;
    this.failure = failure;
    this.closed = closed;
  }

  @Override
  public Optional<List<@Nullable Object>> next() throws SQLException {
    try {
      if ((most > 0 && count >= most) || !left.hasNext()) {
        rows.close();
        return Optional.empty();
      }
      count++;
      return Optional.of(left.next());
    } catch (LakeException e) {
      throw failure.apply(e);
    }
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      rows.close();
      closed.run();
    }
  }
}
