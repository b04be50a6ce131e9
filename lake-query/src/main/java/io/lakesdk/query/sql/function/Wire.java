package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/**
 * How a value travels between DuckDB and a function in Java. What DuckDB's driver has no way for
 * goes as text: bytes as hexadecimal digits, decimals as they are printed, arrays, maps and rows as
 * JSON.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lambdas have no state
enum Wire {
  BOOLEAN(
      DuckDBColumnType.BOOLEAN,
      DuckDBReadableVector::getBoolean,
      (out, row, value) -> out.setBoolean(row, (Boolean) value)),
  TINYINT(
      DuckDBColumnType.TINYINT,
      (in, row) -> (long) in.getByte(row),
      (out, row, value) -> out.setByte(row, number(value).byteValue())),
  SMALLINT(
      DuckDBColumnType.SMALLINT,
      (in, row) -> (long) in.getShort(row),
      (out, row, value) -> out.setShort(row, number(value).shortValue())),
  INTEGER(
      DuckDBColumnType.INTEGER,
      (in, row) -> (long) in.getInt(row),
      (out, row, value) -> out.setInt(row, number(value).intValue())),
  BIGINT(
      DuckDBColumnType.BIGINT,
      DuckDBReadableVector::getLong,
      (out, row, value) -> out.setLong(row, number(value).longValue())),
  REAL(
      DuckDBColumnType.FLOAT,
      (in, row) -> (double) in.getFloat(row),
      (out, row, value) -> out.setFloat(row, number(value).floatValue())),
  DOUBLE(
      DuckDBColumnType.DOUBLE,
      DuckDBReadableVector::getDouble,
      (out, row, value) -> out.setDouble(row, number(value).doubleValue())),
  DATE(
      DuckDBColumnType.DATE,
      DuckDBReadableVector::getLocalDate,
      (out, row, value) -> out.setDate(row, (LocalDate) value)),
  TIMESTAMP(
      DuckDBColumnType.TIMESTAMP,
      DuckDBReadableVector::getLocalDateTime,
      (out, row, value) -> out.setTimestamp(row, (LocalDateTime) value)),
  /** An instant, as its date and time in UTC. */
  INSTANT(
      DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE,
      (in, row) ->
          in.getOffsetDateTime(row).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(),
      (out, row, value) ->
          out.setOffsetDateTime(row, ((LocalDateTime) value).atOffset(ZoneOffset.UTC))),
  TEXT(
      DuckDBColumnType.VARCHAR,
      DuckDBReadableVector::getString,
      (out, row, value) -> out.setString(row, Json.wireText(value)));

  private interface Reader {
    Object read(DuckDBReadableVector vector, long row);
  }

  private interface Writer {
    void write(DuckDBWritableVector vector, long row, Object value);
  }

  private final DuckDBColumnType column;
  private final Reader reader;
  private final Writer writer;

  Wire(DuckDBColumnType column, Reader reader, Writer writer) {
    this.column = column;
    this.reader = reader;
    this.writer = writer;
  }

  private static Number number(Object value) {
    return (Number) value;
  }

  DuckDBColumnType column() {
    return column;
  }

  /** The value in a row that is not NULL. */
  Object read(DuckDBReadableVector vector, long row) {
    return Objects.requireNonNull(reader.read(vector, row));
  }

  void write(DuckDBWritableVector vector, long row, Object value) {
    writer.write(vector, row, value);
  }

  /** How the values of a signature's type travel. */
  static Wire of(Pattern pattern) {
    if (pattern instanceof Pattern.Fixed fixed) {
      return of(fixed.type());
    } else if (pattern instanceof Pattern.Sized sized) {
      return switch (sized.base()) {
        case "timestamp" -> TIMESTAMP;
        case "timestamp with time zone" -> INSTANT;
        default -> TEXT;
      };
    }
    return TEXT;
  }

  private static Wire of(SqlType type) {
    if (type instanceof SqlType.Timestamp) {
      return TIMESTAMP;
    } else if (type instanceof SqlType.TimestampWithTimeZone) {
      return INSTANT;
    } else if (type instanceof Simple simple) {
      return switch (simple) {
        case BOOLEAN -> BOOLEAN;
        case TINYINT -> TINYINT;
        case SMALLINT -> SMALLINT;
        case INTEGER, INTERVAL_YEAR_TO_MONTH, UNKNOWN -> INTEGER;
        case BIGINT, INTERVAL_DAY_TO_SECOND -> BIGINT;
        case REAL -> REAL;
        case DOUBLE -> DOUBLE;
        case DATE -> DATE;
        case VARBINARY, JSON, UUID, IPADDRESS -> TEXT;
      };
    }
    return TEXT;
  }

  /** A value on its way to Java. */
  static String there(String sql, SqlType type) {
    if (type == Simple.VARBINARY || type == Simple.IPADDRESS) {
      return "hex(" + sql + ")";
    } else if (isPrinted(type)) {
      return "CAST(" + sql + " AS VARCHAR)";
    } else if (isNested(type)) {
      return "CAST(to_json(" + sql + ") AS VARCHAR)";
    }
    return sql;
  }

  /** A value on its way back. */
  static String back(String sql, SqlType type) {
    if (type == Simple.VARBINARY || type == Simple.IPADDRESS) {
      return "unhex(" + sql + ")";
    } else if (isPrinted(type)) {
      return Sql.cast(sql, type);
    } else if (isNested(type)) {
      String structure = '"' + type.duckType().replace("\"", "\\\"") + '"';
      return Sql.cast("from_json(" + sql + ", " + Sql.text(structure) + ")", type);
    }
    return sql;
  }

  private static boolean isPrinted(SqlType type) {
    return type instanceof SqlType.Decimal || type instanceof SqlType.Time || type == Simple.UUID;
  }

  private static boolean isNested(SqlType type) {
    return type instanceof SqlType.Array
        || type instanceof SqlType.MapOf
        || type instanceof SqlType.Row;
  }
}
