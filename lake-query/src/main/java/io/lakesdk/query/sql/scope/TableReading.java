package io.lakesdk.query.sql.scope;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What becomes known of one place where a table is read. */
public final class TableReading {

  private final String token;
  private final SourceTable table;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<PartitionFilter> filters = new ArrayList<>();
  private boolean nullable;

  public TableReading(String token, SourceTable table) {
    this.token = token;
    this.table = table;
  }

  public String token() {
    return token;
  }

  public void use(String column) {
    columns.add(column);
  }

  /** An outer join may put NULLs in the place of the table's rows. */
  public void makeNullable() {
    nullable = true;
  }

  /** Rows that do not fulfil this have no part in the answer. */
  public void restrict(PartitionFilter filter) {
    if (!(nullable && PartitionConditions.asksForNull(filter))) {
      filters.add(filter);
    }
  }

  public TableUse use() {
    PartitionFilter all =
        filters.isEmpty()
            ? PartitionFilter.any()
            : filters.size() == 1 ? filters.get(0) : new PartitionFilter.And(filters);
    return new TableUse(token, table, columns, all);
  }
}
