package io.lakesdk.query.statement.write;

import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.query.sql.OutputColumn;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.schema.Column;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table that CREATE TABLE AS makes for the columns of its query, or the shape of files. */
public final class NewTable {

  private final Node tree;
  private final List<OutputColumn> query;
  private final Dataset dataset;

  /**
   * @param tree the statement, or its query
   * @throws InvalidDefinitionException if a column has no name, the name of another, or a type that
   *     tables have not; or if the partition keys are not the last columns
   */
  public NewTable(Node tree, DatasetId id, TableProperties properties, List<OutputColumn> query) {
    this.tree = tree;
    this.query = query;
    requirePartitionsLast(properties.partitions());
    properties.bucketing().ifPresent(this::requireBucketColumns);
    Dataset.Builder builder =
        Dataset.named(id.toString()).in(properties.zone()).format(properties.format());
    properties.location().ifPresent(builder::at);
    int keys = query.size() - properties.partitions().size();
    List<Column> columns = StoredColumns.of(tree, query);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (i < keys) {
        builder.column(column.name(), column.type());
      } else {
        builder.partitionedBy(column.name(), column.type());
      }
    }
    properties.bucketing().ifPresent(builder::bucketedBy);
    this.dataset = builder.build();
  }

  public Dataset dataset() {
    return dataset;
  }

  /** The columns of the query as they are. */
  public List<PlannedQuery.Written> written() {
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

  private void requireBucketColumns(Bucketing bucketing) {
    Set<String> absent = new LinkedHashSet<>(bucketing.columns());
    for (int i = 0; i < query.size(); i++) {
      absent.remove(name(i));
    }
    if (!absent.isEmpty()) {
      throw Refusal.at(tree, "Bucketing columns %s not present in schema", absent);
    }
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
