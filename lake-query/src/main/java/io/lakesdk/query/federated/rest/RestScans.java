package io.lakesdk.query.federated.rest;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.federated.FederatedTable;
import io.lakesdk.query.federated.SourceCursor;
import io.lakesdk.query.federated.SourceScan;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a list of a service. */
record RestScans(RestSource.Service service, RestTable table) implements FederatedTable {

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public SourceScan scan(List<Column> columns, RowCondition rows, OptionalLong limit) {
    Map<String, String> asked = new LinkedHashMap<>();
    ask(rows, asked);
    return new SourceScan() {
      @Override
      public String description() {
        StringBuilder text = new StringBuilder("GET pages");
        asked.keySet().forEach(parameter -> text.append(", ").append(parameter).append(" = ?"));
        limit.ifPresent(most -> text.append(", the first ").append(most));
        return text.toString();
      }

      @Override
      public SourceCursor open() {
        return new RestCursor(
            new RestPages(service, table, asked), columns, limit.orElse(Long.MAX_VALUE));
      }
    };
  }

  /** The values that all rows must have. */
  private void ask(RowCondition rows, Map<String, String> asked) {
    if (rows instanceof RowCondition.And and) {
      and.all().forEach(one -> ask(one, asked));
    } else if (rows instanceof RowCondition.Compare compare
        && compare.operator() == Operator.EQUAL
        && (compare.value() instanceof String || compare.value() instanceof Long)
        && table.filters().containsKey(compare.column())) {
      // Of two values one is asked for, and no row has both.
      asked.put(table.filters().getOrDefault(compare.column(), ""), compare.value().toString());
    }
  }
}
