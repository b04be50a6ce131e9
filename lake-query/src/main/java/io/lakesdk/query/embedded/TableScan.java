package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.query.access.HiddenColumn;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.files.RowFormat;
import io.lakesdk.query.files.RowFormats;
import io.lakesdk.query.files.RowFunction;
import io.lakesdk.query.files.RowScan;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the query that reads a dataset's files as the columns that it declares. */
final class TableScan {

  private final Lake lake;
  private final Dataset dataset;
  private final Plan plan;

  TableScan(Lake lake, Dataset dataset, Plan plan) {
    this.lake = lake;
    this.dataset = dataset;
    this.plan = plan;
  }

  /**
   * Files that one table function reads.
   *
   * @param from the call of that function
   * @param columns each column's name and how to get it from {@code f}
   * @param file the number of the file, from {@code f}, as they are counted in {@code files}
   * @param files in the order in which they are given to the function
   */
  record Part(String from, Map<String, String> columns, String file, List<DataFile> files) {}

  /** The number of the file that a row is of, unless a column of the file has that name. */
  static final String FILE = "f.file_index";

  /** How a format is read. */
  interface Reader {
    /** Reads the files, at least one, as few parts. */
    List<Part> parts(List<Column> columns, List<DataFile> files);
  }

  /**
   * Writes the query.
   *
   * @param condition leaves the rows that are wanted
   * @param rows rows that do not fulfil it need not be read
   */
  String select(
      Set<String> wanted, Optional<String> condition, RowCondition rows, List<DataFile> files) {
    List<Column> data = needed(dataset.schema().columns(), wanted, condition);
    List<Column> keys = new ArrayList<>(needed(dataset.partitions(), wanted, condition));
    HiddenColumn.of(dataset, wanted).forEach(hidden -> keys.add(hidden.column()));
    String all = files.isEmpty() ? nothing(data, keys) : union(data, keys, rows, files);
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

  private String union(
      List<Column> data, List<Column> keys, RowCondition rows, List<DataFile> files) {
    List<String> parts = new ArrayList<>();
    for (Part part : reader(rows).parts(data, files)) {
      parts.add(part(part, keys));
    }
    return parts.isEmpty() ? nothing(data, keys) : String.join(" UNION ALL ", parts);
  }

  private Reader reader(RowCondition rows) {
    Format format = dataset.format();
    if (format instanceof Format.Csv csv) {
      return new CsvScan(dataset, csv, plan);
    }
    if (format instanceof Format.Parquet) {
      return new ParquetScan(dataset, rows, plan);
    }
    if (format instanceof Format.Other other) {
      throw new InvalidDefinitionException(
          "read",
          Subject.dataset(dataset.id()),
          other.name().equals("xml")
              ? "its files are XML, which neither Athena nor an embedded lake reads; make Parquet or"
                  + " JSON Lines of them"
              : "its files are " + other.name() + ", which is not read here; query it in Athena");
    }
    return format instanceof Format.Json || format instanceof Format.JsonLines
        ? new JsonScan(dataset, plan)
        : new RowsScan();
  }

  /** Reads files whose rows come from Java, file by file. Empty files have no rows. */
  private final class RowsScan implements Reader {

    @Override
    public List<Part> parts(List<Column> columns, List<DataFile> files) {
      RowFormat format = RowFormats.of(dataset, columns);
      List<DataFile> full = files.stream().filter(file -> file.bytes() > 0).toList();
      if (full.isEmpty()) {
        return List.of();
      }
      RowScan scan =
          RowScan.of(
              format, columns, full.stream().map(DataFile::object).toList(), plan.lease(full));
      plan.add(new Plan.Scan(dataset.id(), full, Optional.empty()));
      return List.of(
          new Part(RowFunction.call(plan.add(scan)), RowFunction.expressions(scan), FILE, full));
    }
  }

  private String part(Part part, List<Column> keys) {
    Map<String, String> columns = new LinkedHashMap<>(part.columns());
    PartitionKeys values = new PartitionKeys(lake, dataset, keys, part.files());
    columns.putAll(values.expressions());
    List<String> selected = new ArrayList<>();
    columns.forEach((name, sql) -> selected.add(sql + " AS " + SqlText.name(name)));
    return "SELECT "
        + listed(selected)
        + " FROM "
        + part.from()
        + " AS f"
        + values.join(part.file());
  }

  private static String listed(List<String> columns) {
    return columns.isEmpty() ? "1 AS lake_row" : String.join(", ", columns);
  }

  /**
   * The partition keys of files that are read in one go, and what else has one value a file. They
   * are in no file and not taken from paths: a key with one value is a constant, others are joined
   * by the number of the file.
   */
  static final class PartitionKeys {

    private final Lake lake;
    private final Dataset dataset;
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private final List<Column> joined = new ArrayList<>();
    private final List<DataFile> files;

    PartitionKeys(Lake lake, Dataset dataset, List<Column> keys, List<DataFile> files) {
      this.lake = lake;
      this.dataset = dataset;
      this.files = files;
      for (Column key : keys) {
        Optional<String> first = value(key, files.get(0));
        if (files.stream().allMatch(file -> value(key, file).equals(first))) {
          expressions.put(key.name(), typed(key, text(first)));
        } else {
          expressions.put(key.name(), "k.k" + joined.size());
          joined.add(key);
        }
      }
    }

    Map<String, String> expressions() {
      return expressions;
    }

    /** The join that brings the keys with several values; empty if there are none. */
    String join(String file) {
      if (joined.isEmpty()) {
        return "";
      }
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < files.size(); i++) {
        rows.append(i == 0 ? "(" : ", (").append(i).append("::UBIGINT");
        for (Column key : joined) {
          rows.append(", ").append(text(value(key, files.get(i))));
        }
        rows.append(')');
      }
      List<String> names = new ArrayList<>();
      List<String> typed = new ArrayList<>();
      for (int i = 0; i < joined.size(); i++) {
        names.add("t" + i);
        typed.add(typed(joined.get(i), "t" + i) + " AS k" + i);
      }
      return " JOIN (SELECT i, "
          + String.join(", ", typed)
          + " FROM (VALUES "
          + rows
          + ") AS v(i, "
          + names.stream().collect(Collectors.joining(", "))
          + ")) AS k ON "
          + file
          + " = k.i";
    }

    private Optional<String> value(Column key, DataFile file) {
      for (HiddenColumn hidden : HiddenColumn.of(dataset, Set.of(key.name()))) {
        return Optional.of(hidden.value(lake, file));
      }
      Optional<String> value = file.partition().values().get(key.name());
      return value == null ? Optional.empty() : value;
    }

    private static String text(Optional<String> value) {
      return value.map(SqlText::literal).orElse("CAST(NULL AS VARCHAR)");
    }

    private String typed(Column key, String text) {
      String type = SqlTypes.of(key.type()).duckType();
      if (type.equals("VARCHAR")) {
        return Texts.fitted(key.type(), text);
      }
      String message =
          SqlErrors.RAISED
              + "a partition of "
              + dataset.id()
              + " has a value of key "
              + key.name()
              + " that is no "
              + key.type();
      return "coalesce(TRY_CAST("
          + text
          + " AS "
          + type
          + "), CASE WHEN "
          + text
          + " IS NOT NULL THEN error("
          + SqlText.literal(message)
          + ") END)";
    }
  }
}
