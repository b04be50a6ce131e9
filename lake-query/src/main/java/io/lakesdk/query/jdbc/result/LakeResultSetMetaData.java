package io.lakesdk.query.jdbc.result;

import io.lakesdk.query.Rows.ResultColumn;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** The columns of a result. What table a column came from is not told: it may be an expression. */
final class LakeResultSetMetaData implements ResultSetMetaData {

  private final List<ResultColumn> columns;

  LakeResultSetMetaData(List<ResultColumn> columns) {
    this.columns = columns;
  }

  private ResultColumn column(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw JdbcErrors.noSuchIndex("column", column, columns.size());
    }
    return columns.get(column - 1);
  }

  private JdbcType type(int column) throws SQLException {
    return JdbcType.of(column(column).type());
  }

  private <T> T ofEach(int column, T answer) throws SQLException {
    ResultColumn unused = column(column);
    return answer;
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).name();
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return column(column).name();
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return type(column).code();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return type(column).name();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return type(column).javaClass().getName();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return type(column).precision();
  }

  @Override
  public int getScale(int column) throws SQLException {
    return type(column).scale();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return type(column).displaySize();
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return type(column).isSigned();
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return type(column).isText();
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return ofEach(column, columnNullableUnknown);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return ofEach(column, true);
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return ofEach(column, false);
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return ofEach(column, false);
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return ofEach(column, true);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return ofEach(column, false);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return ofEach(column, false);
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    return ofEach(column, "");
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return ofEach(column, "");
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return ofEach(column, "");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
