package io.lakesdk.query.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A table that statements may name, as whoever runs them knows it.
 *
 * @param name how messages call it: {@code sales.orders}
 * @param columns in the order in which {@code *} lists them, their names lower-case and distinct
 * @param handle whatever the runner wants back with each {@link TableUse}
 */
public record SourceTable(String name, List<SourceColumn> columns, Object handle) {

  public SourceTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    Objects.requireNonNull(handle, "handle");
    Set<String> names = new HashSet<>();
    for (SourceColumn column : columns) {
      if (!column.name().equals(column.name().toLowerCase(Locale.ROOT))
          || !names.add(column.name())) {
        throw new IllegalStateException(
            "columns of " + name + " must be lower-case and distinct: " + column.name());
      }
    }
  }
}
