package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.Schema;
import io.lakesdk.schema.VarcharType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the rows of a dataset, or of each of its partitions, are spread over files: by a hash of some
 * columns, that of Hive's bucketing version 1, which Athena takes unless a table says otherwise.
 * The name of a file begins with the number of its bucket. Sources: "Bucketing" in the Athena user
 * guide, and Trino's Hive connector.
 *
 * @param columns whose values are hashed, in this order
 * @param count how many buckets there are, less than 100,000
 */
public record Bucketing(List<String> columns, int count) {

  private static final int LIMIT = 100_000;

  /** The types that have a hash here. */
  private static final Set<DataType> HASHED =
      Set.of(
          Primitive.BOOLEAN,
          Primitive.TINYINT,
          Primitive.SMALLINT,
          Primitive.INT,
          Primitive.BIGINT,
          Primitive.FLOAT,
          Primitive.DOUBLE,
          Primitive.STRING,
          Primitive.DATE);

  public Bucketing {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || new HashSet<>(columns).size() < columns.size()) {
      throw new InvalidDefinitionException(
          "define",
          Subject.option("bucketing"),
          "it has no column, or a column twice; name each column once");
    }
    if (count < 1 || count >= LIMIT) {
      throw new InvalidDefinitionException(
          "define",
          Subject.option("bucketing"),
          "the number of buckets is not from 1 to " + (LIMIT - 1));
    }
  }

  /** Makes sure that the columns are there and can be hashed. */
  void check(DatasetId dataset, Schema schema, List<Column> partitions) {
    for (String name : columns) {
      if (partitions.stream().anyMatch(key -> key.name().equals(name))) {
        throw refuse(
            dataset, "column " + name + " is a partition key; take a column that is inside files");
      }
      Column column =
          schema
              .find(name)
              .orElseThrow(() -> refuse(dataset, "there is no column " + name + "; declare it"));
      if (!isHashed(column.type())) {
        throw refuse(
            dataset,
            "column "
                + name
                + " is "
                + column.type()
                + "; take columns that are boolean, whole numbers, float, double, string, varchar"
                + " or date");
      }
    }
  }

  private static boolean isHashed(DataType type) {
    return HASHED.contains(type) || type instanceof VarcharType;
  }

  private static InvalidDefinitionException refuse(DatasetId dataset, String reason) {
    return new InvalidDefinitionException("bucket", Subject.dataset(dataset), reason);
  }

  /** As Hive's DDL says it. */
  @Override
  public String toString() {
    return "(" + String.join(", ", columns) + ") into " + count + " buckets";
  }
}
