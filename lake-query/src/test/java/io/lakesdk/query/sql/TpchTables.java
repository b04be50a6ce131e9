package io.lakesdk.query.sql;

import io.lakesdk.query.sql.SourceColumn.Use;
import io.lakesdk.query.sql.SourceColumn.Visibility;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.DataType;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables of TPC-H, generated, with the columns that the answers were computed on. */
public final class TpchTables {

  private static final Map<String, SourceTable> TABLES = new TreeMap<>();

  static {
    for (TpchTable<?> table : TpchTable.getTables()) {
      TABLES.put(table.getTableName(), source(table));
    }
  }

  private TpchTables() {}

  public static Collection<SourceTable> all() {
    return TABLES.values();
  }

  static TableResolver resolver() {
    return (database, name) -> Optional.ofNullable(TABLES.get(name));
  }

  private static <E extends TpchEntity> SourceTable source(TpchTable<E> table) {
    List<SourceColumn> columns = new ArrayList<>();
    for (TpchColumn<E> column : table.getColumns()) {
      columns.add(
          new SourceColumn(name(table, column), type(column), Use.DATA, Visibility.VISIBLE));
    }
    return new SourceTable(table.getTableName(), columns, table.getTableName());
  }

  private static String name(TpchTable<?> table, TpchColumn<?> column) {
    String prefix = table == TpchTable.PART_SUPPLIER ? "ps" : table.getTableName().substring(0, 1);
    return prefix + "_" + column.getSimplifiedColumnName();
  }

  private static DataType type(TpchColumn<?> column) {
    TpchColumnType type = column.getType();
    return switch (type.getBase()) {
      case INTEGER -> DataType.INT;
      case IDENTIFIER -> DataType.BIGINT;
      case DATE -> DataType.DATE;
      case DOUBLE -> DataType.decimal(12, 2);
      case VARCHAR -> DataType.varchar((int) (long) type.getPrecision().orElseThrow());
    };
  }

  /** Makes the tables in DuckDB, under their names. */
  public static void create(Connection connection, double scale) throws SQLException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      create(connection, table, scale);
    }
  }

  private static <E extends TpchEntity> void create(
      Connection connection, TpchTable<E> table, double scale) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (SourceColumn column : TABLES.get(table.getTableName()).columns()) {
      columns.add('"' + column.name() + "\" " + SqlTypes.of(column.type()).duckType());
    }
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE " + table.getTableName() + " (" + String.join(", ", columns) + ")");
    }
    DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender appender = duck.createAppender(table.getTableName())) {
      for (E row : table.createGenerator(scale, 1, 1)) {
        appender.beginRow();
        for (TpchColumn<E> column : table.getColumns()) {
          append(appender, column, row);
        }
        appender.endRow();
      }
    }
  }

  private static <E extends TpchEntity> void append(
      DuckDBAppender appender, TpchColumn<E> column, E row) throws SQLException {
    switch (column.getType().getBase()) {
      case INTEGER -> appender.append(column.getInteger(row));
      case IDENTIFIER -> appender.append(column.getIdentifier(row));
      case DATE -> appender.append(LocalDate.ofEpochDay(column.getDate(row)));
      case DOUBLE -> appender.append(BigDecimal.valueOf(column.getDouble(row)).setScale(2));
      case VARCHAR -> appender.append(column.getString(row));
    }
  }

  /** The SQL with each token standing for its table. */
  static Translation runnable(Translation translation) {
    List<String> named = new ArrayList<>();
    for (TableUse use : translation.tables()) {
      String columns =
          use.columns().isEmpty()
              ? "1 AS lake_row"
              : String.join(", ", use.columns().stream().map(name -> '"' + name + '"').toList());
      named.add(
          '"'
              + use.token()
              + "\" AS NOT MATERIALIZED (SELECT "
              + columns
              + " FROM "
              + use.table().handle()
              + ")");
    }
    String sql = translation.sql();
    String prefix = named.isEmpty() ? "" : "WITH " + String.join(", ", named) + " ";
    return new Translation(
        prefix + "SELECT * FROM (" + sql + ")",
        translation.columns(),
        translation.parameters(),
        translation.tables(),
        translation.views());
  }

  /**
   * The text of a query, or of its answer.
   *
   * @param kind {@code sql} or {@code answer.json}
   */
  public static String text(int number, String kind) throws IOException {
    String name = String.format(Locale.ROOT, "/tpch/q%02d.%s", number, kind);
    try (InputStream stream = TpchTables.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
