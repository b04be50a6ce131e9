package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What becomes known of one place where a table is read. */
public final class TableReading implements Reading {

  private final String token;
  private final SourceTable table;
  private final Optional<String> within;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<RowCondition> conditions = new ArrayList<>();
  private boolean nullable;
  private OptionalLong limit = OptionalLong.empty();

  TableReading(String token, SourceTable table, Optional<String> within) {
    this.token = token;
    this.table = table;
    this.within = within;
  }

  public String token() {
    return token;
  }

  @Override
  public void use(String column) {
    columns.add(column);
  }

  @Override
  public void makeNullable() {
    nullable = true;
  }

  @Override
  public void restrict(RowCondition condition) {
    if (condition instanceof RowCondition.And and) {
      and.all().forEach(this::restrict);
    } else if (!(nullable && admitsNulls(condition))) {
      conditions.add(condition);
    }
  }

  @Override
  public void limit(long rows) {
    limit = OptionalLong.of(rows);
  }

  /** Whether a row of NULLs that an outer join makes could fulfil the condition. */
  private static boolean admitsNulls(RowCondition condition) {
    if (condition instanceof RowCondition.And and) {
      return and.all().stream().allMatch(TableReading::admitsNulls);
    } else if (condition instanceof RowCondition.Or or) {
      return or.any().stream().anyMatch(TableReading::admitsNulls);
    }
    return condition instanceof RowCondition.IsNull || condition instanceof RowCondition.Any;
  }

  public TableUse use() {
    RowCondition rows = RowCondition.all(conditions);
    return new TableUse(
        token,
        table,
        columns,
        new PartitionFilters(table).of(rows),
        rows,
        rows instanceof RowCondition.Any ? limit : OptionalLong.empty(),
        within);
  }
}
