package io.lakesdk.query.jdbc.result;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows that a result set walks through, once. */
public interface Cursor extends AutoCloseable {

  /** The values of the next row; empty after the last. */
  Optional<List<@Nullable Object>> next() throws SQLException;

  @Override
  void close();

  /** Rows in memory. */
  static Cursor over(List<List<@Nullable Object>> rows) {
    Iterator<List<@Nullable Object>> left = rows.iterator();
    return new Cursor() {
      @Override
      public Optional<List<@Nullable Object>> next() {
        return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }
}
