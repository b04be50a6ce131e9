package io.lakesdk.query.federated;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a scan, from the first to the last. One thread reads and closes it; any thread may
 * cancel it meanwhile.
 */
public interface SourceCursor extends AutoCloseable {

  /**
   * Takes the next row.
   *
   * @param row is filled with a value for each column that was wanted: Boolean, Byte, Short,
   *     Integer, Long, Float, Double, BigDecimal of the column's scale, String, byte[], LocalDate,
   *     LocalDateTime to the millisecond, a List, a Map, or null
   * @return false if there is none
   */
  boolean next(@Nullable Object[] row);

  /** Has a thread that waits in {@link #next} wait no longer, with an exception of any kind. */
  void cancel();

  /** Gives up what the source holds for it. */
  @Override
  void close();
}
