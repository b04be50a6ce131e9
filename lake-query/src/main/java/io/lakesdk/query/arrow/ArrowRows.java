package io.lakesdk.query.arrow;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Rows.ResultColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement as Arrow, batch by batch:
 *
 * <pre>{@code
 * try (BufferAllocator allocator = new RootAllocator();
 *     ArrowReader reader = ArrowRows.of(engine.run(query), allocator);
 *     ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, out)) {
 *   while (reader.loadNextBatch()) {
 *     writer.writeBatch();
 *   }
 * }
 * }</pre>
 *
 * <p>Numbers, booleans, dates and varbinary are Arrow's of the same size, decimals are Decimal128,
 * texts and JSON are Utf8, UUIDs are Utf8 as Athena prints them. Timestamps have milliseconds, or
 * microseconds where the type has more than three digits; those with time zone are in UTC.
 * Intervals are Duration in milliseconds and YEAR_MONTH. Arrays, maps and rows are List, Map and
 * Struct.
 */
public final class ArrowRows extends ArrowReader {

  private static final int BATCH = 2048;

  private final Rows rows;
  private final List<ArrowColumn> columns;
  private final Stream<List<@Nullable Object>> stream;
  private final Iterator<List<@Nullable Object>> iterator;
  private long bytes;

  private ArrowRows(Rows rows, List<ArrowColumn> columns, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
    this.columns = columns;
    this.stream = rows.asLists();
    this.iterator = stream.iterator();
  }

  /**
   * Reads rows that nobody has read yet. Closing the reader closes them. Batches have at most 2,048
   * rows, and memory is that of one batch.
   *
   * @param rows of which {@link ArrowReader#loadNextBatch} throws what reading them throws
   * @param allocator of the memory of batches; remains the caller's
   * @throws InvalidDefinitionException if a column has a type that is not known with its elements,
   *     as Athena tells it of arrays, maps and rows; the rows are closed then
   */
  public static ArrowReader of(Rows rows, BufferAllocator allocator) {
    try {
      List<ArrowColumn> columns = new ArrayList<>();
      for (ResultColumn column : rows.columns()) {
        columns.add(ArrowColumn.of(column));
      }
      return new ArrowRows(rows, columns, allocator);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  protected Schema readSchema() {
    List<Field> fields = columns.stream().map(ArrowColumn::field).toList();
    return new Schema(fields);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    VectorSchemaRoot root = getVectorSchemaRoot();
    for (FieldVector vector : root.getFieldVectors()) {
      vector.reset();
    }
    int count = 0;
    while (count < BATCH && iterator.hasNext()) {
      List<@Nullable Object> row = iterator.next();
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).set(root.getVector(i), count, row.get(i));
      }
      count++;
    }
    root.setRowCount(count);
    for (FieldVector vector : root.getFieldVectors()) {
      bytes += vector.getBufferSize();
    }
    return count > 0;
  }

  /** The size of all batches so far. */
  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  protected void closeReadSource() {
    stream.close();
    rows.close();
  }
}
