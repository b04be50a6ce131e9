package io.lakesdk.metadata;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on the metadata, valid inside the call that it was passed to. Parameters are bound
 * in order to the question marks of the statement: {@code String}, {@code Long}, {@code Integer},
 * {@code Boolean} (as 0 or 1), {@code byte[]}, {@code java.time.Instant} (as microseconds since
 * 1970), {@code Optional} of these, or null.
 */
public interface Tx {

  <T> List<T> list(String sql, Function<Row, T> mapper, @Nullable Object... parameters);

  /** The first row, if any. */
  <T> Optional<T> first(String sql, Function<Row, T> mapper, @Nullable Object... parameters);

  /** Each row, without holding them all. */
  void each(String sql, Consumer<Row> consumer, @Nullable Object... parameters);

  /**
   * Runs a statement that changes something.
   *
   * @return how many rows it changed
   */
  int update(String sql, @Nullable Object... parameters);

  /** Runs one statement for each set of parameters. */
  void batch(String sql, Collection<@Nullable Object[]> parameters);

  /** The key of the row that the last INSERT of this transaction made. */
  long lastKey();

  /**
   * Does something once this transaction, or the one that it is part of, was committed; never if it
   * was not. The action runs on this thread, when no lock of the store is held any more, and does
   * not throw.
   */
  void afterCommit(Runnable action);

  /** Does something once this transaction, or the one that it is part of, has failed; likewise. */
  void afterRollback(Runnable action);
}
