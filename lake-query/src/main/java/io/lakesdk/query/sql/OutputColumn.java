package io.lakesdk.query.sql;

import io.lakesdk.query.sql.type.SqlType;
import java.util.Objects;

/**
 * A column of a result.
 *
 * @param name as Athena names it; several columns may have the same
 * @param type Athena's type, which also tells in which DuckDB type the values come
 */
public record OutputColumn(String name, SqlType type) {

  public OutputColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
