package io.lakesdk.query.information;

import com.google.common.collect.ImmutableList;
import io.lakesdk.query.sql.SourceColumn;
import io.lakesdk.query.sql.SourceColumn.Visibility;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tables of {@code information_schema}, with the columns that Trino gives them. */
public enum InformationTable {
  /** The databases in which there is something to see. */
  SCHEMATA(List.of("catalog_name", "schema_name"), List.of()),

  /** Datasets and views. */
  TABLES(List.of("table_catalog", "table_schema", "table_name", "table_type"), List.of()),

  /** The columns of datasets and views. */
  COLUMNS(
      List.of(
          "table_catalog",
          "table_schema",
          "table_name",
          "column_name",
          InformationTable.POSITION,
          "column_default",
          "is_nullable",
          "data_type"),
      List.of("comment", "extra_info")),

  /** Views with their queries. */
  VIEWS(List.of("table_catalog", "table_schema", "table_name", "view_definition"), List.of());

  private static final String POSITION = "ordinal_position";

  private final ImmutableList<String> listed;
  private final ImmutableList<String> others;

  /**
   * @param listed the columns that {@code *} lists
   * @param others those that are there when they are named
   */
  InformationTable(List<String> listed, List<String> others) {
    this.listed = ImmutableList.copyOf(listed);
    this.others = ImmutableList.copyOf(others);
  }

  /** The table of a name in lower case. */
  public static Optional<InformationTable> named(String name) {
    return Arrays.stream(values()).filter(table -> table.sqlName().equals(name)).findFirst();
  }

  /** How statements name it. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns of these names, in the table's order. */
  public List<Column> columns(Set<String> names) {
    return columns().stream().filter(column -> names.contains(column.name())).toList();
  }

  List<Column> columns() {
    return Stream.concat(listed.stream(), others.stream())
        .map(name -> Column.of(name, name.equals(POSITION) ? DataType.BIGINT : DataType.STRING))
        .toList();
  }

  List<String> listed() {
    return listed;
  }

  /**
   * The table that statements name.
   *
   * @param handle what each use of the table gives back
   */
  public SourceTable table(Object handle) {
    List<SourceColumn> columns =
        columns().stream()
            .map(
                column ->
                    new SourceColumn(
                        column.name(),
                        column.type(),
                        SourceColumn.Use.DATA,
                        listed.contains(column.name()) ? Visibility.VISIBLE : Visibility.HIDDEN))
            .toList();
    return new SourceTable(InformationSchema.NAME + "." + sqlName(), columns, handle);
  }
}
