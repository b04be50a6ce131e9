package io.lakesdk.query.sql.function;

import java.util.Optional;

/**
 * How an aggregate or window function is called, apart from its arguments.
 *
 * @param distinct whether equal arguments count once
 * @param order the rendered sort items of an ORDER BY among the arguments
 * @param ignoreNulls whether rows whose argument is NULL are passed over
 * @param filter the rendered condition of FILTER
 * @param over the rendered window
 */
public record AggregateCall(
    boolean distinct,
    Optional<String> order,
    boolean ignoreNulls,
    Optional<String> filter,
    Optional<String> over) {

  /** A call of an aggregate of DuckDB. */
  public String of(String function, String... arguments) {
    StringBuilder sql = new StringBuilder(function).append('(');
    sql.append(distinct ? "DISTINCT " : "").append(String.join(", ", arguments));
    order.ifPresent(items -> sql.append(" ORDER BY ").append(items));
    sql.append(ignoreNulls ? " IGNORE NULLS)" : ")");
    filter.ifPresent(condition -> sql.append(" FILTER (WHERE ").append(condition).append(')'));
    over.ifPresent(window -> sql.append(" OVER (").append(window).append(')'));
    return sql.toString();
  }
}
