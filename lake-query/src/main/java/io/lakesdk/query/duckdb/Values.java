package io.lakesdk.query.duckdb;

import io.lakesdk.query.sql.function.value.IpAddress;
import io.lakesdk.query.sql.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Turns DuckDB's values into those that {@code Rows} promises, and back for parameters. */
public final class Values {

  private Values() {}

  /** The value of a column, counted from 1, in the row where the cursor is. */
  public static @Nullable Object read(ResultSet rows, int column, SqlType type)
      throws SQLException {
    if (type instanceof SqlType.Timestamp) {
      return rows.getObject(column, LocalDateTime.class);
    }
    if (type == SqlType.Simple.VARBINARY) {
      return rows.getBytes(column);
    }
    return value(rows.getObject(column), type);
  }

  private static @Nullable Object value(@Nullable Object raw, SqlType type) throws SQLException {
    if (raw == null) {
      return null;
    }
    if (type instanceof SqlType.Simple simple) {
      return simple(raw, simple);
    }
    if (type instanceof SqlType.Decimal decimal) {
      BigDecimal number = raw instanceof BigDecimal d ? d : new BigDecimal(raw.toString());
      return number.setScale(decimal.scale());
    }
    if (type instanceof SqlType.Timestamp) {
      return raw instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : raw;
    }
    if (type instanceof SqlType.Time) {
      return raw;
    }
    if (type instanceof SqlType.TimestampWithTimeZone) {
      return raw instanceof OffsetDateTime time ? time.toInstant() : raw;
    }
    if (type instanceof SqlType.Array array) {
      return list((Array) raw, array.element());
    }
    if (type instanceof SqlType.MapOf map) {
      return map((Map<?, ?>) raw, map);
    }
    if (type instanceof SqlType.Row row) {
      return row((Struct) raw, row);
    }
    return raw.toString();
  }

  private static Object simple(Object raw, SqlType.Simple type) throws SQLException {
    return switch (type) {
      case TINYINT -> whole(raw).byteValueExact();
      case SMALLINT -> whole(raw).shortValueExact();
      case INTEGER -> raw instanceof Integer number ? number : whole(raw).intValueExact();
      case BIGINT -> raw instanceof Long number ? number : whole(raw).longValueExact();
      case REAL -> ((Number) raw).floatValue();
      case DOUBLE -> ((Number) raw).doubleValue();
      case INTERVAL_DAY_TO_SECOND -> Duration.ofMillis(whole(raw).longValueExact());
      case INTERVAL_YEAR_TO_MONTH -> Period.ofMonths(whole(raw).intValueExact()).normalized();
      case IPADDRESS ->
          raw instanceof Blob blob
              ? IpAddress.print(blob.getBytes(1, (int) blob.length()))
              : raw.toString();
      case JSON -> raw.toString();
      case VARBINARY -> raw instanceof Blob blob ? blob.getBytes(1, (int) blob.length()) : raw;
      case BOOLEAN, DATE, UUID, UNKNOWN -> raw;
    };
  }

  private static BigInteger whole(Object raw) {
    return raw instanceof BigInteger big ? big : BigInteger.valueOf(((Number) raw).longValue());
  }

  private static List<@Nullable Object> list(Array raw, SqlType element) throws SQLException {
    @Nullable Object[] elements = (Object[]) raw.getArray();
    List<@Nullable Object> list = new ArrayList<>(elements.length);
    for (Object one : elements) {
      list.add(value(one, element));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> raw, SqlType.MapOf type)
      throws SQLException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(raw.size() * 2);
    for (Map.Entry<?, ?> entry : raw.entrySet()) {
      map.put(value(entry.getKey(), type.key()), value(entry.getValue(), type.value()));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, @Nullable Object> row(Struct raw, SqlType.Row type)
      throws SQLException {
    @Nullable Object[] values = raw.getAttributes();
    Map<String, @Nullable Object> row = new LinkedHashMap<>(values.length * 2);
    for (int i = 0; i < values.length; i++) {
      row.put(type.duckName(i), value(values[i], type.fields().get(i).type()));
    }
    return Collections.unmodifiableMap(row);
  }

  /** A parameter as the driver takes it. */
  public static @Nullable Object parameter(DuckDBConnection connection, @Nullable Object value)
      throws SQLException {
    if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof List<?> list) {
      @Nullable Object[] elements = new @Nullable Object[list.size()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = parameter(connection, list.get(i));
      }
      return connection.createArrayOf(elementType(list), elements);
    }
    return value;
  }

  private static String elementType(List<?> list) {
    Optional<?> first = list.stream().filter(one -> one != null).findFirst();
    Object one = first.isPresent() ? first.get() : "";
    if (one instanceof BigDecimal) {
      int scale =
          list.stream().mapToInt(d -> d instanceof BigDecimal b ? b.scale() : 0).max().orElse(0);
      return "DECIMAL(38," + Math.max(0, scale) + ")";
    }
    return switch (one.getClass().getSimpleName()) {
      case "Boolean" -> "BOOLEAN";
      case "Byte" -> "TINYINT";
      case "Short" -> "SMALLINT";
      case "Integer" -> "INTEGER";
      case "Long" -> "BIGINT";
      case "Float" -> "FLOAT";
      case "Double" -> "DOUBLE";
      case "LocalDate" -> "DATE";
      case "LocalDateTime", "Instant" -> "TIMESTAMP";
      case "byte[]" -> "BLOB";
      default -> "VARCHAR";
    };
  }
}
