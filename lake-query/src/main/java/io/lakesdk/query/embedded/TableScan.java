package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the query that reads a dataset's files as the columns that it declares. */
final class TableScan {

  private final Dataset dataset;
  private final Plan plan;

  TableScan(Dataset dataset, Plan plan) {
    this.dataset = dataset;
    this.plan = plan;
  }

  /**
   * Files that one table function reads.
   *
   * @param from the call of that function
   * @param columns each column's name and how to get it from {@code f}
   * @param files in the order in which they are given to the function
   */
  record Part(String from, Map<String, String> columns, List<DataFile> files) {}

  /** How a format is read. */
  interface Reader {
    /** Reads the files, at least one, as few parts. */
    List<Part> parts(List<Column> columns, List<DataFile> files);
  }

  String select(Set<String> wanted, Optional<String> condition, List<DataFile> files) {
    List<Column> data = needed(dataset.schema().columns(), wanted, condition);
    List<Column> keys = needed(dataset.partitions(), wanted, condition);
    String all = files.isEmpty() ? nothing(data, keys) : union(data, keys, files);
    if (condition.isEmpty()) {
      return all;
    }
    String columns = wanted.isEmpty() ? "1 AS lake_row" : SqlText.names(wanted);
    return "SELECT " + columns + " FROM (" + all + ") WHERE " + condition.get();
  }

  private static List<Column> needed(
      List<Column> columns, Set<String> wanted, Optional<String> condition) {
    return condition.isPresent()
        ? columns
        : columns.stream().filter(column -> wanted.contains(column.name())).toList();
  }

  private static String nothing(List<Column> data, List<Column> keys) {
    List<String> columns = new ArrayList<>();
    for (List<Column> part : List.of(data, keys)) {
      for (Column column : part) {
        columns.add(
            "CAST(NULL AS "
                + SqlTypes.of(column.type()).duckType()
                + ") AS "
                + SqlText.name(column.name()));
      }
    }
    return "SELECT " + listed(columns) + " WHERE false";
  }

  private String union(List<Column> data, List<Column> keys, List<DataFile> files) {
    List<String> parts = new ArrayList<>();
    for (Part part : reader().parts(data, files)) {
      parts.add(part(part, keys));
    }
    return parts.isEmpty() ? nothing(data, keys) : String.join(" UNION ALL ", parts);
  }

  private Reader reader() {
    Format format = dataset.format();
    if (format instanceof Format.Csv csv) {
      return new CsvScan(dataset, csv, plan);
    }
    if (format instanceof Format.Parquet) {
      return new ParquetScan(dataset, plan);
    }
    return new JsonScan(dataset, plan);
  }

  private String part(Part part, List<Column> keys) {
    Map<String, String> columns = new LinkedHashMap<>(part.columns());
    PartitionKeys values = new PartitionKeys(dataset, keys, part.files());
    columns.putAll(values.expressions());
    List<String> selected = new ArrayList<>();
    columns.forEach((name, sql) -> selected.add(sql + " AS " + SqlText.name(name)));
    return "SELECT " + listed(selected) + " FROM " + part.from() + " AS f" + values.join();
  }

  private static String listed(List<String> columns) {
    return columns.isEmpty() ? "1 AS lake_row" : String.join(", ", columns);
  }
}
