package io.lakesdk.query.federated.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values as the engine takes them; {@link ArithmeticException} tells that one cannot be. */
final class JdbcValues {

  private static final int LAST_YEAR = 9999;

  private JdbcValues() {}

  /** Reads a value that Java has no null for. */
  interface Plain {
    Object read(ResultSet rows, int number) throws SQLException;
  }

  static JdbcColumn.Values orNull(Plain values) {
    return (rows, number) -> {
      Object value = values.read(rows, number);
      return rows.wasNull() ? null : value;
    };
  }

  static JdbcColumn.Values decimal(int precision, int scale) {
    return (rows, number) -> {
      BigDecimal value = rows.getBigDecimal(number);
      if (value == null) {
        return null;
      }
      BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
      if (scaled.precision() > precision) {
        throw new ArithmeticException("too many digits");
      }
      return scaled;
    };
  }

  static @Nullable Object date(ResultSet rows, int number) throws SQLException {
    LocalDate value = rows.getObject(number, LocalDate.class);
    if (value != null) {
      requireUsual(value);
    }
    return value;
  }

  /** What databases call infinity is beyond. */
  private static void requireUsual(LocalDate date) {
    if (Math.abs(date.getYear()) > LAST_YEAR) {
      throw new ArithmeticException("no such date");
    }
  }

  static @Nullable Object timestamp(ResultSet rows, int number) throws SQLException {
    LocalDateTime value = rows.getObject(number, LocalDateTime.class);
    return value == null ? null : fitting(value);
  }

  static @Nullable Object instant(ResultSet rows, int number) throws SQLException {
    OffsetDateTime value = rows.getObject(number, OffsetDateTime.class);
    if (value == null) {
      return null;
    }
    requireUsual(value.toLocalDate());
    return fitting(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }

  private static LocalDateTime fitting(LocalDateTime time) {
    requireUsual(time.toLocalDate());
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  static @Nullable Object array(ResultSet rows, int number) throws SQLException {
    Array array = rows.getArray(number);
    if (array == null) {
      return null;
    }
    try {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        values.add(element(element));
      }
      return values;
    } finally {
      array.free();
    }
  }

  private static @Nullable Object element(@Nullable Object element) {
    if (element instanceof Object[]) {
      throw new ArithmeticException("an array of several dimensions");
    } else if (element instanceof Date date) {
      LocalDate day = date.toLocalDate();
      requireUsual(day);
      return day;
    } else if (element instanceof Integer || element instanceof Short) {
      return ((Number) element).intValue();
    }
    return element == null || element instanceof Number || element instanceof Boolean
        ? element
        : element.toString();
  }
}
