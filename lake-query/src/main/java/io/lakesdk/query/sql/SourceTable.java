package io.lakesdk.query.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A table that statements may name, as whoever runs them knows it.
 *
 * @param name how messages call it: {@code sales.orders}
 * @param columns in the order in which {@code *} lists them, their names lower-case and distinct
 * @param handle whatever the runner wants back with each {@link TableUse} or {@link ViewUse}
 * @param query of a view
 */
public record SourceTable(
    String name, List<SourceColumn> columns, Object handle, Optional<ViewQuery> query) {

  /**
   * The query that a view stands for, which must give the view's columns.
   *
   * @param sql in Athena's SQL, without parameters
   * @param database of the names in it that have none
   */
  public record ViewQuery(String sql, String database) {
    public ViewQuery {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(database, "database");
    }
  }

  /** A table that is no view. */
  public SourceTable(String name, List<SourceColumn> columns, Object handle) {
    this(name, columns, handle, Optional.empty());
  }

  public SourceTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    Objects.requireNonNull(handle, "handle");
    Objects.requireNonNull(query, "query");
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
