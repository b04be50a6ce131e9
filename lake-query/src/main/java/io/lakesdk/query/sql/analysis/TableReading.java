package io.lakesdk.query.sql.analysis;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What becomes known of one place where a table is read. */
final class TableReading {

  private final String token;
  private final SourceTable table;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<PartitionFilter> filters = new ArrayList<>();
  private boolean nullable;

  TableReading(String token, SourceTable table) {
    this.token = token;
    this.table = table;
  }

  String token() {
    return token;
  }

  void use(String column) {
    columns.add(column);
  }

  /** An outer join may put NULLs in the place of the table's rows. */
  void makeNullable() {
    nullable = true;
  }

  /** Rows that do not fulfil this have no part in the answer. */
  void restrict(PartitionFilter filter) {
    if (!(nullable && PartitionConditions.asksForNull(filter))) {
      filters.add(filter);
    }
  }

  TableUse use() {
    PartitionFilter all =
        filters.isEmpty()
            ? PartitionFilter.any()
            : filters.size() == 1 ? filters.get(0) : new PartitionFilter.And(filters);
    return new TableUse(token, table, columns, all);
  }
}
