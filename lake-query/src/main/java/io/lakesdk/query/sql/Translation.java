package io.lakesdk.query.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement as DuckDB can run it, and what must be known about it beforehand.
 *
 * @param sql one query; it names tables by {@link TableUse#token} and parameters by {@code $1},
 *     {@code $2} and so on, each perhaps several times
 * @param columns of the result, in order
 * @param parameters the values of {@code $1}, {@code $2} and so on
 * @param tables what it reads
 * @param views those whose queries became part of it
 */
public record Translation(
    String sql,
    List<OutputColumn> columns,
    List<@Nullable Object> parameters,
    List<TableUse> tables,
    List<ViewUse> views) {

  public Translation {
    Objects.requireNonNull(sql, "sql");
    columns = List.copyOf(columns);
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }
}
