package io.lakesdk.query.federated;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.access.VisibleTable;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.schema.Column;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** A table of a source for the statement of a principal. */
public final class SourceTableAccess {

  private final Lake lake;
  private final DatasetId id;
  private final FederatedTable table;
  private final VisibleTable visible;

  SourceTableAccess(Lake lake, DatasetId id, FederatedTable table) {
    this.lake = lake;
    this.id = id;
    this.table = table;
    this.visible = VisibleTable.federated(lake, id, table.schema());
  }

  /** As far as the principal may see it. */
  public VisibleTable visible() {
    return visible;
  }

  /** The columns of these names, in the table's order. */
  public List<Column> columns(Collection<String> names) {
    return table.schema().columns().stream().filter(c -> names.contains(c.name())).toList();
  }

  /**
   * Refuses columns whose type is none of the lake's.
   *
   * @throws InvalidDefinitionException naming the column that cannot be read, and why
   */
  public void requireReadable(Collection<String> names) {
    table
        .unreadable()
        .forEach(
            (column, reason) -> {
              if (names.contains(column)) {
                throw new InvalidDefinitionException(
                    "read column " + column + " of", Subject.dataset(id), reason);
              }
            });
  }

  /** What the source does of a statement. */
  public String description(List<Column> columns, RowCondition rows, OptionalLong limit) {
    return scan(columns, rows, limit).description();
  }

  /** Prepares the rows of a scan. */
  public SourceRows rows(List<Column> columns, RowCondition rows, OptionalLong limit) {
    requireReadable(columns.stream().map(Column::name).toList());
    return new SourceRows(lake.seam(), Subject.dataset(id), scan(columns, rows, limit));
  }

  private SourceScan scan(List<Column> columns, RowCondition rows, OptionalLong limit) {
    try {
      return table.scan(columns, rows, limit);
    } catch (RuntimeException e) {
      throw SourceException.of("read", Subject.dataset(id), e);
    }
  }
}
