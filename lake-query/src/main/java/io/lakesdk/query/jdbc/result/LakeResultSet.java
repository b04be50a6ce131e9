package io.lakesdk.query.jdbc.result;

import io.lakesdk.query.Rows.ResultColumn;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a query, or of metadata, read once and forwards. */
public final class LakeResultSet extends ForwardResultSet {

  private final List<ResultColumn> columns;
  private final Cursor cursor;
  private final @Nullable Statement statement;
  private @Nullable Map<String, Integer> labels;
  private @Nullable List<@Nullable Object> row;
  private int rowNumber;
  private boolean ended;
  private boolean wasNull;
  private volatile boolean closed;

  /**
   * @param statement whose result it is; null for metadata
   */
  public LakeResultSet(List<ResultColumn> columns, Cursor cursor, @Nullable Statement statement) {
    this.columns = columns;
    this.cursor = cursor;
    this.statement = statement;
  }

  @Override
  void requireOpen() throws SQLException {
    if (closed) {
      throw JdbcErrors.closed("result set");
    }
  }

  @Override
  public boolean next() throws SQLException {
    requireOpen();
    if (ended) {
      return false;
    }
    row = null;
    Optional<List<@Nullable Object>> values;
    try {
      values = cursor.next();
    } catch (SQLException e) {
      ended = true;
      throw e;
    }
    ended = values.isEmpty();
    row = values.orElse(null);
    rowNumber = ended ? 0 : rowNumber + 1;
    return !ended;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      cursor.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private @Nullable Object value(int column) throws SQLException {
    requireOpen();
    List<@Nullable Object> current = row;
    if (current == null) {
      throw new SQLException(
          ended ? "There is no row any more" : "Call next() before reading", "24000");
    }
    if (column < 1 || column > columns.size()) {
      throw JdbcErrors.noSuchIndex("column", column, columns.size());
    }
    Object value = current.get(column - 1);
    wasNull = value == null;
    return value;
  }

  private <T> @Nullable T get(int column, Class<T> type) throws SQLException {
    Object value = value(column);
    return value == null ? null : Conversion.of(name(column)).to(type, value);
  }

  private <T> T get(int column, Class<T> type, T whenNull) throws SQLException {
    T value = get(column, type);
    return value == null ? whenNull : value;
  }

  private String name(int column) {
    return "Column " + column + " (" + columns.get(column - 1).name() + ")";
  }

  @Override
  public boolean wasNull() throws SQLException {
    requireOpen();
    return wasNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    return get(column, String.class);
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    return get(column, Boolean.class, false);
  }

  @Override
  public byte getByte(int column) throws SQLException {
    return get(column, Byte.class, (byte) 0);
  }

  @Override
  public short getShort(int column) throws SQLException {
    return get(column, Short.class, (short) 0);
  }

  @Override
  public int getInt(int column) throws SQLException {
    return get(column, Integer.class, 0);
  }

  @Override
  public long getLong(int column) throws SQLException {
    return get(column, Long.class, 0L);
  }

  @Override
  public float getFloat(int column) throws SQLException {
    return get(column, Float.class, 0f);
  }

  @Override
  public double getDouble(int column) throws SQLException {
    return get(column, Double.class, 0d);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    return get(column, BigDecimal.class);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    return get(column, byte[].class);
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return get(column, Date.class);
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return get(column, Time.class);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return get(column, Timestamp.class);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar zone) throws SQLException {
    Object value = value(column);
    return value == null ? null : Conversion.of(name(column)).date(value, zone);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar zone) throws SQLException {
    Object value = value(column);
    return value == null ? null : Conversion.of(name(column)).time(value, zone);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar zone) throws SQLException {
    Object value = value(column);
    return value == null ? null : Conversion.of(name(column)).timestamp(value, zone);
  }

  @Override
  public @Nullable Array getArray(int column) throws SQLException {
    Object value = value(column);
    if (value == null) {
      return null;
    }
    JdbcType type = JdbcType.of(columns.get(column - 1).type());
    if (!(value instanceof List<?> list)) {
      throw JdbcErrors.wrongType(name(column), type.name(), "array");
    }
    return new LakeArray(type.element().name(), list);
  }

  /** As the class that {@link ResultSetMetaData#getColumnClassName} names. */
  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Object value = value(column);
    return value == null
        ? null
        : Conversion.object(value, JdbcType.of(columns.get(column - 1).type()));
  }

  @Override
  public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> types)
      throws SQLException {
    if (types != null && !types.isEmpty()) {
      throw JdbcErrors.unsupported("types of users");
    }
    return getObject(column);
  }

  @Override
  public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
    if (type == null) {
      throw JdbcErrors.badArgument("A value is read as some class");
    }
    return type == Array.class ? type.cast(getArray(column)) : get(column, type);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  /** The first column of that name, in any case. */
  @Override
  public int findColumn(String label) throws SQLException {
    requireOpen();
    Map<String, Integer> known = labels;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        known.putIfAbsent(columns.get(i).name().toLowerCase(Locale.ROOT), i + 1);
      }
      labels = known;
    }
    Integer column = label == null ? null : known.get(label.toLowerCase(Locale.ROOT));
    if (column == null) {
      throw new SQLException("There is no column " + label + " in the result", "42S22");
    }
    return column;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    requireOpen();
    return new LakeResultSetMetaData(columns);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    requireOpen();
    return statement;
  }

  @Override
  public int getRow() throws SQLException {
    requireOpen();
    return rowNumber;
  }

  /** Whether a first row was not yet asked for; also where there will be none. */
  @Override
  public boolean isBeforeFirst() throws SQLException {
    requireOpen();
    return row == null && !ended;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    requireOpen();
    return ended;
  }

  @Override
  public boolean isFirst() throws SQLException {
    requireOpen();
    return rowNumber == 1;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
  }
}
