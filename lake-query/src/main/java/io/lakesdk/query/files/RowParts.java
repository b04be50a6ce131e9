package io.lakesdk.query.files;

import io.lakesdk.error.LakeException;
import io.lakesdk.schema.Column;
import java.io.IOException;
import java.util.List;

/** What a scan reads. Used by several threads at once, each with its own parts. */
public interface RowParts {

  /** See {@link RowFormat#isText}. */
  boolean isText();

  int count();

  /**
   * Begins to read a part.
   *
   * @param part counted from 0
   * @param columns of the rows
   */
  RowFormat.Reader open(int part, List<Column> columns) throws IOException;

  /**
   * The error to throw for what a reader has thrown.
   *
   * @param row which it was, counted from 1; 0 if there was none yet
   */
  LakeException failed(int part, long row, Throwable cause);
}
