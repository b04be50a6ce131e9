package io.lakesdk.query.statement;

import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import java.util.List;

/** The answer of statements that write rows. */
final class Written {

  private Written() {}

  /** Athena's column for them, and no rows. */
  static Rows rows(PlannedQuery query) {
    return new FixedRows(
        List.of(new Rows.ResultColumn("rows", "bigint")), List.of(), query.stats());
  }
}
