package io.lakesdk.query.sql;

import io.lakesdk.schema.DataType;
import java.util.Objects;

/**
 * A column of a {@link SourceTable}.
 *
 * @param name lower-case
 * @param type the catalog's type; the runner delivers the values in DuckDB's type for it, see
 *     {@link io.lakesdk.query.sql.type.SqlTypes}
 * @param use whether it tells partitions apart
 * @param visibility whether {@code *} lists it
 */
public record SourceColumn(String name, DataType type, Use use, Visibility visibility) {

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
    HIDDEN
  }

  public SourceColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(visibility, "visibility");
  }
}
