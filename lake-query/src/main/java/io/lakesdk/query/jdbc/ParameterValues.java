package io.lakesdk.query.jdbc;

import io.lakesdk.query.jdbc.result.Conversion;
import io.lakesdk.query.jdbc.result.JdbcErrors;
import io.lakesdk.query.jdbc.result.LakeArray;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of JDBC as those that {@code Query.bind} takes. */
final class ParameterValues {

  private ParameterValues() {}

  /** The value; what is not known here is left as it is, for the query to refuse. */
  static @Nullable Object of(@Nullable Object value) throws SQLException {
    if (value instanceof Date date) {
      return date.toLocalDate();
    } else if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    } else if (value instanceof Time || value instanceof LocalTime || value instanceof OffsetTime) {
      throw JdbcErrors.unsupported("the type time");
    } else if (value instanceof java.util.Date date) {
      return Timestamp.from(date.toInstant()).toLocalDateTime();
    } else if (value instanceof Calendar calendar) {
      return calendar.toInstant();
    } else if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    } else if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    } else if (value instanceof Character || value instanceof UUID) {
      return value.toString();
    } else if (value instanceof LakeArray array) {
      return list(array.elements());
    } else if (value instanceof Array array) {
      return list(Arrays.asList((@Nullable Object[]) array.getArray()));
    } else if (value instanceof Collection<?> collection) {
      return list(collection);
    }
    return value;
  }

  private static List<@Nullable Object> list(Collection<? extends @Nullable Object> values)
      throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object one : values) {
      list.add(of(one));
    }
    return list;
  }

  /**
   * The value as one of a type of {@link Types}.
   *
   * @param subject whose value it is, for messages
   */
  static @Nullable Object of(@Nullable Object value, int type, String subject) throws SQLException {
    Object own = of(value);
    return own == null ? null : Conversion.of(subject).to(classOf(type), own);
  }

  private static Class<?> classOf(int type) throws SQLException {
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> Boolean.class;
      case Types.TINYINT -> Byte.class;
      case Types.SMALLINT -> Short.class;
      case Types.INTEGER -> Integer.class;
      case Types.BIGINT -> Long.class;
      case Types.REAL -> Float.class;
      case Types.FLOAT, Types.DOUBLE -> Double.class;
      case Types.DECIMAL, Types.NUMERIC -> BigDecimal.class;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR ->
          String.class;
      case Types.DATE -> LocalDate.class;
      case Types.TIMESTAMP -> LocalDateTime.class;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Instant.class;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> byte[].class;
      case Types.ARRAY -> List.class;
      case Types.NULL, Types.OTHER, Types.JAVA_OBJECT -> Object.class;
      default -> throw JdbcErrors.unsupported("parameters of the JDBC type " + type);
    };
  }
}
