package io.lakesdk.query.files;

import io.lakesdk.schema.Column;
import io.lakesdk.storage.ObjectRef;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A format whose rows Java reads. Used by several threads at once, each with its own files. */
public interface RowFormat {

  /**
   * Whether values are texts, which are read as their column's type; what is none of the type is
   * NULL. Arrays, maps and structs are values all the same.
   */
  boolean isText();

  /**
   * Opens a file.
   *
   * @param columns the columns of its rows, those alone that are wanted
   * @throws io.lakesdk.error.BadDataException if it is no file of the format, or cannot be read as
   *     these columns
   */
  Reader open(ObjectRef file, Path path, List<Column> columns) throws IOException;

  /** The rows of one file from front to back. */
  interface Reader extends Closeable {

    /**
     * Takes the next row.
     *
     * @param row is filled with a value for each column: Boolean, Byte, Short, Integer, Long,
     *     Float, Double, BigDecimal of the column's scale, String, bytes, LocalDate, LocalDateTime
     *     to the millisecond, a List, or a Map of keys or of a struct's field names
     * @return false if there is none
     */
    boolean next(@Nullable Object[] row) throws IOException;
  }
}
