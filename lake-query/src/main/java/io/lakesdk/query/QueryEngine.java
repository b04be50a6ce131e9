package io.lakesdk.query;

import io.lakesdk.Lake;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.query.embedded.EmbeddedQueryEngine;
import io.lakesdk.query.workbench.Workbench;

/**
 * Runs statements in Athena's SQL (engine version 3, that is Trino's) over the lake's datasets.
 *
 * <p>A statement sees one version of each dataset for as long as its rows are read. It sees the
 * columns and rows that the lake's principal was granted; {@code *} stands for the columns that it
 * may see. What is not supported is refused by name, before anything runs. Thread-safe.
 */
public interface QueryEngine {

  static QueryEngine of(Lake lake) {
    return new EmbeddedQueryEngine(lake);
  }

  /**
   * Starts a statement. The caller closes the rows, or reads them to their end.
   *
   * @throws InvalidDefinitionException if the statement is not understood; the message has line and
   *     column
   * @throws AccessDeniedException naming the grant that is missing
   * @throws BadDataException if a file is not what its dataset says
   * @throws UnavailableException if it took longer, or would scan more, than the query allows
   */
  Rows run(Query query);

  /** A session for a layer above. The caller closes it. */
  Workbench workbench();
}
