package io.lakesdk.query.sql;

import io.lakesdk.schema.DataType;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A column of a {@link SourceTable}.
 *
 * @param name lower-case
 * @param type the catalog's type; the runner delivers the values in DuckDB's type for it, see
 *     {@link io.lakesdk.query.sql.type.SqlTypes}
 * @param use whether it tells partitions apart
 * @param visibility whether {@code *} lists it
 * @param digits of a decimal, without its point: no value that is read has more; empty where nobody
 *     has looked
 */
public record SourceColumn(
    String name, DataType type, Use use, Visibility visibility, OptionalInt digits) {

  /** A column of whose values nothing is known. */
  public SourceColumn(String name, DataType type, Use use, Visibility visibility) {
    this(name, type, use, visibility, OptionalInt.empty());
  }

  /** What a column is for. */
  public enum Use {
    /** Its value is the same in all rows of a partition, so conditions on it choose partitions. */
    PARTITION,
    /** Its values are in the files. */
    DATA
  }

  /** Whether {@code *} lists a column. */
  public enum Visibility {
    VISIBLE,
    /** Left out of {@code *}; naming it is allowed and shows in {@link TableUse#columns}. */
    HIDDEN,
    /** Likewise, in views too, where {@code *} is otherwise all columns. */
    APART
  }

  public SourceColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(digits, "digits");
  }

  /** The same column of whose decimals none has more digits than this. */
  public SourceColumn withDigits(int most) {
    return new SourceColumn(name, type, use, visibility, OptionalInt.of(most));
  }
}
