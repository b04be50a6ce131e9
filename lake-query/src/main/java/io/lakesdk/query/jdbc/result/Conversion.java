package io.lakesdk.query.jdbc.result;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of a lake into what is asked for. Numbers are exact or refused; only {@code float}
 * and {@code double} are rounded to. Timestamps are times of day without zone; where a moment is
 * asked for, they are in UTC.
 *
 * @param subject whose value it is, for messages
 */
public record Conversion(String subject) {

  public static Conversion of(String subject) {
    return new Conversion(subject);
  }

  /** A value as {@code getObject} gives those of its type. */
  public static Object object(Object value, JdbcType type) {
    if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    } else if (value instanceof LocalTime time) {
      return Time.valueOf(time);
    } else if (value instanceof LocalDateTime time) {
      return Timestamp.valueOf(time);
    } else if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    } else if (value instanceof List<?> list) {
      return new LakeArray(type.element().name(), list);
    }
    return value;
  }

  /** The value as an object of this class. */
  public <T> T to(Class<T> type, Object value) throws SQLException {
    return type.isInstance(value) ? type.cast(value) : type.cast(converted(type, value));
  }

  private Object converted(Class<?> type, Object value) throws SQLException {
    if (type == String.class) {
      return ValueText.of(value);
    } else if (type == Boolean.class) {
      return flag(value);
    } else if (type == Double.class) {
      return floating(value, type);
    } else if (type == Float.class) {
      return (float) floating(value, type);
    } else if (Number.class.isAssignableFrom(type)) {
      return number(type, value);
    }
    return time(type, value);
  }

  private boolean flag(Object value) throws SQLException {
    String text =
        value instanceof String || value instanceof Number ? value.toString().strip() : "";
    if (text.equals("1") || text.equalsIgnoreCase("true")) {
      return true;
    } else if (text.equals("0") || text.equalsIgnoreCase("false")) {
      return false;
    }
    throw wrong(value, Boolean.class);
  }

  private double floating(Object value, Class<?> type) throws SQLException {
    if (value instanceof Number number) {
      return number.doubleValue();
    } else if (value instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        throw JdbcErrors.outOfRange(subject, type.getSimpleName());
      }
    }
    return exact(value, type).doubleValue();
  }

  private Number number(Class<?> type, Object value) throws SQLException {
    BigDecimal exact = exact(value, type);
    try {
      if (type == Long.class) {
        return exact.longValueExact();
      } else if (type == Integer.class) {
        return exact.intValueExact();
      } else if (type == Short.class) {
        return exact.shortValueExact();
      } else if (type == Byte.class) {
        return exact.byteValueExact();
      } else if (type == BigInteger.class) {
        return exact.toBigIntegerExact();
      }
    } catch (ArithmeticException e) {
      throw JdbcErrors.outOfRange(subject, type.getSimpleName());
    }
    if (type == BigDecimal.class) {
      return exact;
    }
    throw wrong(value, type);
  }

  private BigDecimal exact(Object value, Class<?> type) throws SQLException {
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof Number || value instanceof String) {
      try {
        return new BigDecimal(value.toString().strip());
      } catch (NumberFormatException e) {
        throw JdbcErrors.outOfRange(subject, type.getSimpleName());
      }
    }
    throw wrong(value, type);
  }

  private Object time(Class<?> type, Object value) throws SQLException {
    if (type == LocalDate.class) {
      return local(value, type).toLocalDate();
    } else if (type == LocalDateTime.class) {
      return local(value, type);
    } else if (type == LocalTime.class) {
      return local(value, type).toLocalTime();
    } else if (type == Instant.class) {
      return local(value, type).toInstant(ZoneOffset.UTC);
    } else if (type == OffsetDateTime.class) {
      return local(value, type).atOffset(ZoneOffset.UTC);
    } else if (type == ZonedDateTime.class) {
      return local(value, type).atZone(ZoneOffset.UTC);
    } else if (type == Date.class) {
      return date(value, null);
    } else if (type == Time.class) {
      return time(value, null);
    } else if (type == Timestamp.class || type == java.util.Date.class) {
      return timestamp(value, null);
    }
    throw wrong(value, type);
  }

  /** A date; of a timestamp its day. */
  Date date(Object value, @Nullable Calendar calendar) throws SQLException {
    LocalDate date = local(value, Date.class).toLocalDate();
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  /** The time of day of a timestamp, in seconds. */
  Time time(Object value, @Nullable Calendar calendar) throws SQLException {
    LocalTime time =
        value instanceof LocalTime known ? known : local(value, Time.class).toLocalTime();
    return calendar == null
        ? Time.valueOf(time)
        : new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  /** A timestamp; a moment is itself, in whatever zone. */
  Timestamp timestamp(Object value, @Nullable Calendar calendar) throws SQLException {
    if (value instanceof Instant instant) {
      return Timestamp.from(instant);
    }
    LocalDateTime time = local(value, Timestamp.class);
    return calendar == null
        ? Timestamp.valueOf(time)
        : Timestamp.from(time.atZone(zone(calendar)).toInstant());
  }

  private static ZoneId zone(Calendar calendar) {
    return calendar.getTimeZone().toZoneId();
  }

  private LocalDateTime local(Object value, Class<?> wanted) throws SQLException {
    if (value instanceof LocalDateTime time) {
      return time;
    } else if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    } else if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    } else if (value instanceof String text) {
      try {
        String iso = text.strip().replace(' ', 'T');
        return iso.contains("T") ? LocalDateTime.parse(iso) : LocalDate.parse(iso).atStartOfDay();
      } catch (DateTimeException e) {
        throw JdbcErrors.outOfRange(subject, wanted.getSimpleName());
      }
    }
    throw wrong(value, wanted);
  }

  private SQLException wrong(Object value, Class<?> type) {
    return JdbcErrors.wrongType(subject, value.getClass().getSimpleName(), type.getSimpleName());
  }
}
