package io.lakesdk.query.jdbc.result;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Getters by label, which are those by number of the column that {@link #findColumn} finds; and
 * those of types that a lake has not.
 */
abstract class LabelledResultSet extends ReadOnlyResultSet {

  @Override
  public @Nullable String getString(String label) throws SQLException {
    return getString(findColumn(label));
  }

  @Override
  public boolean getBoolean(String label) throws SQLException {
    return getBoolean(findColumn(label));
  }

  @Override
  public byte getByte(String label) throws SQLException {
    return getByte(findColumn(label));
  }

  @Override
  public short getShort(String label) throws SQLException {
    return getShort(findColumn(label));
  }

  @Override
  public int getInt(String label) throws SQLException {
    return getInt(findColumn(label));
  }

  @Override
  public long getLong(String label) throws SQLException {
    return getLong(findColumn(label));
  }

  @Override
  public float getFloat(String label) throws SQLException {
    return getFloat(findColumn(label));
  }

  @Override
  public double getDouble(String label) throws SQLException {
    return getDouble(findColumn(label));
  }

  @Override
  public byte @Nullable [] getBytes(String label) throws SQLException {
    return getBytes(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(String label) throws SQLException {
    return getDate(findColumn(label));
  }

  @Override
  public @Nullable Time getTime(String label) throws SQLException {
    return getTime(findColumn(label));
  }

  @Override
  public @Nullable Timestamp getTimestamp(String label) throws SQLException {
    return getTimestamp(findColumn(label));
  }

  @Override
  public @Nullable InputStream getAsciiStream(String label) throws SQLException {
    return getAsciiStream(findColumn(label));
  }

  @Override
  public @Nullable InputStream getBinaryStream(String label) throws SQLException {
    return getBinaryStream(findColumn(label));
  }

  @Override
  public @Nullable Object getObject(String label) throws SQLException {
    return getObject(findColumn(label));
  }

  @Override
  public @Nullable Reader getCharacterStream(String label) throws SQLException {
    return getCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
    return getBigDecimal(findColumn(label));
  }

  @Override
  public @Nullable Array getArray(String label) throws SQLException {
    return getArray(findColumn(label));
  }

  @Override
  public @Nullable String getNString(String label) throws SQLException {
    return getNString(findColumn(label));
  }

  @Override
  public @Nullable Reader getNCharacterStream(String label) throws SQLException {
    return getNCharacterStream(findColumn(label));
  }

  @Override
  public @Nullable Date getDate(String label, Calendar zone) throws SQLException {
    return getDate(findColumn(label), zone);
  }

  @Override
  public @Nullable Time getTime(String label, Calendar zone) throws SQLException {
    return getTime(findColumn(label), zone);
  }

  @Override
  public @Nullable Timestamp getTimestamp(String label, Calendar zone) throws SQLException {
    return getTimestamp(findColumn(label), zone);
  }

  @Override
  public <T> @Nullable T getObject(String label, Class<T> type) throws SQLException {
    return getObject(findColumn(label), type);
  }

  @Override
  public @Nullable Object getObject(String label, Map<String, Class<?>> types) throws SQLException {
    return getObject(findColumn(label), types);
  }

  @Override
  public Ref getRef(int column) throws SQLException {
    throw JdbcErrors.unsupported("references");
  }

  @Override
  public Ref getRef(String label) throws SQLException {
    throw JdbcErrors.unsupported("references");
  }

  @Override
  public Blob getBlob(int column) throws SQLException {
    throw JdbcErrors.unsupported("BLOB; use getBytes");
  }

  @Override
  public Blob getBlob(String label) throws SQLException {
    throw JdbcErrors.unsupported("BLOB; use getBytes");
  }

  @Override
  public Clob getClob(int column) throws SQLException {
    throw JdbcErrors.unsupported("CLOB; use getString");
  }

  @Override
  public Clob getClob(String label) throws SQLException {
    throw JdbcErrors.unsupported("CLOB; use getString");
  }

  @Override
  public URL getURL(int column) throws SQLException {
    throw JdbcErrors.unsupported("URLs; use getString");
  }

  @Override
  public URL getURL(String label) throws SQLException {
    throw JdbcErrors.unsupported("URLs; use getString");
  }

  @Override
  public RowId getRowId(int column) throws SQLException {
    throw JdbcErrors.unsupported("row ids");
  }

  @Override
  public RowId getRowId(String label) throws SQLException {
    throw JdbcErrors.unsupported("row ids");
  }

  @Override
  public NClob getNClob(int column) throws SQLException {
    throw JdbcErrors.unsupported("NCLOB; use getString");
  }

  @Override
  public NClob getNClob(String label) throws SQLException {
    throw JdbcErrors.unsupported("NCLOB; use getString");
  }

  @Override
  public SQLXML getSQLXML(int column) throws SQLException {
    throw JdbcErrors.unsupported("XML");
  }

  @Override
  public SQLXML getSQLXML(String label) throws SQLException {
    throw JdbcErrors.unsupported("XML");
  }

  @Override
  @Deprecated
  public InputStream getUnicodeStream(int column) throws SQLException {
    throw JdbcErrors.unsupported("getUnicodeStream; use getCharacterStream");
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    throw JdbcErrors.unsupported("rounding when reading; use getBigDecimal without a scale");
  }

  @Override
  @Deprecated
  public InputStream getUnicodeStream(String label) throws SQLException {
    throw JdbcErrors.unsupported("getUnicodeStream; use getCharacterStream");
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(String label, int scale) throws SQLException {
    throw JdbcErrors.unsupported("rounding when reading; use getBigDecimal without a scale");
  }
}
