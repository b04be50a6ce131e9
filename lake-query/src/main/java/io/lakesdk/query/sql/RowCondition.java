package io.lakesdk.query.sql;

import io.lakesdk.publish.PartitionFilter.Operator;
import java.util.List;

/**
 * A condition on the columns of one table, to leave out what cannot contribute to an answer without
 * reading it. It may admit too much and never too little: what it admits is filtered again.
 */
public sealed interface RowCondition {

  /** Every row. */
  record Any() implements RowCondition {}

  /**
   * A column compared with a constant of its kind; a row in which the column is NULL does not
   * fulfil it.
   *
   * @param column lower-case
   * @param operator how
   * @param value a {@code Long} or {@code BigDecimal} for a number, a {@code Double} for a
   *     floating-point number, which no exact number is compared with, a {@code String}, a {@code
   *     LocalDate}, a {@code LocalDateTime} or a {@code Boolean}
   */
  record Compare(String column, Operator operator, Object value) implements RowCondition {}

  /** A column that is NULL. */
  record IsNull(String column) implements RowCondition {}

  /** A column that is not NULL. */
  record NotNull(String column) implements RowCondition {}

  /** All of these hold. */
  record And(List<RowCondition> all) implements RowCondition {
    public And {
      all = List.copyOf(all);
    }
  }

  /** One of these holds, at least. */
  record Or(List<RowCondition> any) implements RowCondition {
    public Or {
      any = List.copyOf(any);
    }
  }

  static RowCondition any() {
    return new Any();
  }

  /** All of these hold, of which there may be none. */
  static RowCondition all(List<RowCondition> conditions) {
    return conditions.isEmpty()
        ? any()
        : conditions.size() == 1 ? conditions.get(0) : new And(conditions);
  }
}
