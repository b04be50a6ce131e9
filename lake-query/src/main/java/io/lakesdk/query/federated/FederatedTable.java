package io.lakesdk.query.federated;

import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A table of a source, as one statement knows it. */
public interface FederatedTable {

  /** All its columns, those too that cannot be read, whose type is then of no meaning. */
  Schema schema();

  /** Why a column cannot be read, as the end of a sentence, by its name; empty where all can. */
  default Map<String, String> unreadable() {
    return Map.of();
  }

  /**
   * Prepares to read the table. Nothing is read yet.
   *
   * @param columns those that are wanted, in this order; there may be none, where only the number
   *     of rows matters
   * @param rows rows that do not fulfil it may be left out, and need not be: what comes is filtered
   *     again. What the source cannot say exactly as it is meant, it says more widely or not at all
   * @param limit so many rows are enough, if given, whichever they are
   */
  SourceScan scan(List<Column> columns, RowCondition rows, OptionalLong limit);
}
