package io.lakesdk.query.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The setters of a prepared statement, each of which turns its value into one of a query. */
abstract class ParameterSetters extends BarePreparedStatement {

  ParameterSetters(LakeConnection connection) {
    super(connection);
  }

  /** Gives a parameter, counted from 1, a value that {@code Query.bind} takes. */
  abstract void set(int parameter, @Nullable Object value) throws SQLException;

  @Override
  public void setBoolean(int parameter, boolean value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setByte(int parameter, byte value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setShort(int parameter, short value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setInt(int parameter, int value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setLong(int parameter, long value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setFloat(int parameter, float value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setDouble(int parameter, double value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBigDecimal(int parameter, @Nullable BigDecimal value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setString(int parameter, @Nullable String value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setNString(int parameter, @Nullable String value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setBytes(int parameter, byte @Nullable [] value) throws SQLException {
    set(parameter, value);
  }

  @Override
  public void setNull(int parameter, int type) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setNull(int parameter, int type, String typeName) throws SQLException {
    set(parameter, null);
  }

  @Override
  public void setDate(int parameter, @Nullable Date value) throws SQLException {
    set(parameter, ParameterValues.of(value));
  }

  @Override
  public void setTime(int parameter, @Nullable Time value) throws SQLException {
    set(parameter, ParameterValues.of(value));
  }

  @Override
  public void setTimestamp(int parameter, @Nullable Timestamp value) throws SQLException {
    set(parameter, ParameterValues.of(value));
  }

  @Override
  public void setArray(int parameter, @Nullable Array value) throws SQLException {
    set(parameter, ParameterValues.of(value));
  }

  @Override
  public void setObject(int parameter, @Nullable Object value) throws SQLException {
    set(parameter, ParameterValues.of(value));
  }

  @Override
  public void setObject(int parameter, @Nullable Object value, int type) throws SQLException {
    set(parameter, ParameterValues.of(value, type, "Parameter " + parameter));
  }

  @Override
  public void setObject(int parameter, @Nullable Object value, int type, int scaleOrLength)
      throws SQLException {
    setObject(parameter, value, type);
  }

  @Override
  public void setTime(int parameter, @Nullable Time value, @Nullable Calendar zone)
      throws SQLException {
    setTime(parameter, value);
  }

  /** The day that it is at that moment in the calendar's zone. */
  @Override
  public void setDate(int parameter, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    if (value == null || calendar == null) {
      setDate(parameter, value);
    } else {
      Instant moment = Instant.ofEpochMilli(value.getTime());
      set(parameter, moment.atZone(calendar.getTimeZone().toZoneId()).toLocalDate());
    }
  }

  /** The day and time that it is at that moment in the calendar's zone. */
  @Override
  public void setTimestamp(int parameter, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    if (value == null || calendar == null) {
      setTimestamp(parameter, value);
    } else {
      ZoneId zone = calendar.getTimeZone().toZoneId();
      set(parameter, value.toInstant().atZone(zone).toLocalDateTime());
    }
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, Streams.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader value, long length)
      throws SQLException {
    set(parameter, Streams.text(value, length));
  }

  @Override
  public void setNCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, Streams.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setNCharacterStream(int parameter, @Nullable Reader value, long length)
      throws SQLException {
    set(parameter, Streams.text(value, length));
  }

  @Override
  public void setClob(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, Streams.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setClob(int parameter, @Nullable Reader value, long length) throws SQLException {
    set(parameter, Streams.text(value, length));
  }

  @Override
  public void setNClob(int parameter, @Nullable Reader value) throws SQLException {
    set(parameter, Streams.text(value, Long.MAX_VALUE));
  }

  @Override
  public void setNClob(int parameter, @Nullable Reader value, long length) throws SQLException {
    set(parameter, Streams.text(value, length));
  }

  @Override
  public void setCharacterStream(int parameter, @Nullable Reader value, int length)
      throws SQLException {
    set(parameter, Streams.text(value, length));
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream value) throws SQLException {
    set(parameter, Streams.bytes(value, Long.MAX_VALUE));
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream value, long length)
      throws SQLException {
    set(parameter, Streams.bytes(value, length));
  }

  @Override
  public void setBlob(int parameter, @Nullable InputStream value) throws SQLException {
    set(parameter, Streams.bytes(value, Long.MAX_VALUE));
  }

  @Override
  public void setBlob(int parameter, @Nullable InputStream value, long length) throws SQLException {
    set(parameter, Streams.bytes(value, length));
  }

  @Override
  public void setBinaryStream(int parameter, @Nullable InputStream value, int length)
      throws SQLException {
    set(parameter, Streams.bytes(value, length));
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream value) throws SQLException {
    set(parameter, Streams.ascii(value, Long.MAX_VALUE));
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream value, long length)
      throws SQLException {
    set(parameter, Streams.ascii(value, length));
  }

  @Override
  public void setAsciiStream(int parameter, @Nullable InputStream value, int length)
      throws SQLException {
    set(parameter, Streams.ascii(value, length));
  }
}
