package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.trino.sql.tree.CreateTableAsSelect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table that CREATE TABLE AS makes for the columns of its query. */
final class NewTable {

  private final CreateTableAsSelect tree;
  private final List<OutputColumn> query;
  private final Dataset dataset;

  /**
   * @throws InvalidDefinitionException if a column has no name, the name of another, or a type that
   *     tables have not; or if the partition keys are not the last columns
   */
  NewTable(
      CreateTableAsSelect tree,
      DatasetId id,
      TableProperties properties,
      List<OutputColumn> query) {
    this.tree = tree;
    this.query = query;
    requirePartitionsLast(properties.partitions());
    Dataset.Builder builder =
        Dataset.named(id.toString()).in(properties.zone()).format(properties.format());
    properties.location().ifPresent(builder::at);
    int keys = query.size() - properties.partitions().size();
    List<Column> columns = columns();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (i < keys) {
        builder.column(column.name(), column.type());
      } else {
        builder.partitionedBy(column.name(), column.type());
      }
    }
    this.dataset = builder.build();
  }

  Dataset dataset() {
    return dataset;
  }

  /** The columns of the query as they are. */
  List<PlannedQuery.Written> written() {
    List<PlannedQuery.Written> written = new ArrayList<>();
    for (int i = 0; i < query.size(); i++) {
      Typed value = PlannedQuery.column(i, query.get(i).type());
      written.add(new PlannedQuery.Written(name(i), value));
    }
    return written;
  }

  private String name(int number) {
    return query.get(number).name().toLowerCase(Locale.ROOT);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < query.size(); i++) {
      String name = name(i);
      SqlType type = query.get(i).type();
      if (name.equals("_col" + i)) {
        throw Refusal.at(tree, "Column name not specified at position %s", i + 1);
      }
      if (!names.add(name)) {
        throw Refusal.at(tree, "Column name '%s' specified more than once", name);
      }
      DataType stored =
          Optional.of(type)
              .filter(NewTable::isOfTables)
              .flatMap(SqlTypes::dataType)
              .orElseThrow(
                  () ->
                      Refusal.at(
                          tree,
                          "column %s is %s, which no table can hold; CAST it in the query",
                          name,
                          type));
      columns.add(Column.of(name, stored));
    }
    return columns;
  }

  /** Timestamps of tables have milliseconds; JSON, UUIDs and NULLs are no types of tables. */
  private static boolean isOfTables(SqlType type) {
    if (type instanceof SqlType.Timestamp timestamp) {
      return timestamp.precision() <= 3;
    } else if (type instanceof SqlType.Array array) {
      return isOfTables(array.element());
    } else if (type instanceof SqlType.MapOf map) {
      return isOfTables(map.key()) && isOfTables(map.value());
    } else if (type instanceof SqlType.Row row) {
      return row.fields().stream()
          .allMatch(field -> field.name().isPresent() && isOfTables(field.type()));
    }
    return type != SqlType.Simple.JSON
        && type != SqlType.Simple.UUID
        && type != SqlType.Simple.UNKNOWN;
  }

  private void requirePartitionsLast(List<String> keys) {
    int first = query.size() - keys.size();
    boolean last = first >= 0;
    for (int i = 0; last && i < keys.size(); i++) {
      last = name(first + i).equals(keys.get(i));
    }
    if (!last) {
      throw Refusal.at(
          tree,
          "Partition keys must be the last columns in the table and in the same order as the table"
              + " properties: %s",
          keys);
    }
    if (first == 0) {
      throw Refusal.at(tree, "Table contains only partition columns");
    }
  }
}
