package io.lakesdk.query.sql.scope;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.VarcharType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a condition on rows says about the partitions of a table. */
final class PartitionFilters {

  private static final Set<Primitive> COMPARABLE =
      Set.of(
          Primitive.STRING,
          Primitive.DATE,
          Primitive.TINYINT,
          Primitive.SMALLINT,
          Primitive.INT,
          Primitive.BIGINT);

  private static final int LAST_YEAR = 9999;

  private final SourceTable table;

  PartitionFilters(SourceTable table) {
    this.table = table;
  }

  /** Admits every partition in which a row can fulfil the condition. */
  PartitionFilter of(RowCondition condition) {
    if (condition instanceof RowCondition.Compare compare) {
      return isKey(compare.column())
          ? value(compare.value())
              .<PartitionFilter>map(
                  value -> new PartitionFilter.Compare(compare.column(), compare.operator(), value))
              .orElseGet(PartitionFilter::any)
          : PartitionFilter.any();
    } else if (condition instanceof RowCondition.IsNull isNull && isKey(isNull.column())) {
      return new PartitionFilter.IsNull(isNull.column());
    } else if (condition instanceof RowCondition.And and) {
      List<PartitionFilter> filters = each(and.all());
      filters.removeIf(PartitionFilter.Any.class::isInstance);
      return filters.isEmpty()
          ? PartitionFilter.any()
          : filters.size() == 1 ? filters.get(0) : new PartitionFilter.And(filters);
    } else if (condition instanceof RowCondition.Or or) {
      List<PartitionFilter> filters = each(or.any());
      return filters.stream().anyMatch(PartitionFilter.Any.class::isInstance)
          ? PartitionFilter.any()
          : new PartitionFilter.Or(filters);
    }
    return PartitionFilter.any();
  }

  private List<PartitionFilter> each(List<RowCondition> conditions) {
    List<PartitionFilter> filters = new ArrayList<>();
    conditions.forEach(condition -> filters.add(of(condition)));
    return filters;
  }

  /** Whether it is a partition key of a type that partitions can be found by. */
  private boolean isKey(String name) {
    return table.columns().stream()
        .anyMatch(
            column ->
                column.name().equals(name)
                    && column.use() == SourceColumn.Use.PARTITION
                    && isComparable(column.type()));
  }

  private static boolean isComparable(DataType type) {
    return type instanceof VarcharType
        || (type instanceof Primitive primitive && COMPARABLE.contains(primitive));
  }

  private static Optional<Object> value(Object value) {
    if (value instanceof LocalDate date) {
      return Optional.of(date)
          .filter(day -> day.getYear() >= 0 && day.getYear() <= LAST_YEAR)
          .map(LocalDate::toString);
    }
    return Optional.of(value).filter(v -> v instanceof Long || v instanceof String);
  }
}
