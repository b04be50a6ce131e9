package io.lakesdk.query.files;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that Java writes, of which what is in memory is a block or a stripe. */
public interface RowWriter extends Closeable {

  /**
   * Adds a row.
   *
   * @param row a value for each column of the dataset's files, as {@link RowFormat.Reader} has them
   */
  void add(@Nullable Object[] row) throws IOException;
}
