package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.RowCondition;

/** What becomes known of one place where a table or a view is read. */
public sealed interface Reading permits TableReading, ViewReading {

  /** The statement needs this column. */
  void use(String column);

  /** An outer join may put NULLs in the place of its rows. */
  void makeNullable();

  /** Rows that do not fulfil this have no part in the answer. */
  void restrict(RowCondition condition);

  /** So many of its rows are enough, whichever they are. */
  void limit(long rows);
}
