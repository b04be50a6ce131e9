package io.lakesdk.query.jdbc.result;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of Athena as JDBC describes it. Whole numbers, {@code double} and {@code date} have sizes
 * in decimal digits and characters as JDBC wants, text that has no limit {@link #UNLIMITED}.
 *
 * @param name as Athena prints it
 * @param code of {@link Types}
 * @param javaClass what {@code getObject} gives
 * @param precision digits, characters or bytes at most; 0 where that has no meaning
 * @param scale digits after the point
 * @param displaySize characters at most
 */
public record JdbcType(
    String name, int code, Class<?> javaClass, int precision, int scale, int displaySize) {

  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Pattern SIZED =
      Pattern.compile("([a-z ]+?)\\((\\d+)(?:, ?(\\d+))?\\)( with time zone)?");
  private static final int MAX_DECIMAL = 38;
  private static final int MAX_CHAR = 255;
  private static final int MILLIS = 3;
  private static final int SECONDS_TEXT = "2024-01-01 00:00:00".length();

  /** The type of that name; what is not known here comes as text. */
  public static JdbcType of(String text) {
    if (text.startsWith("array(")) {
      return new JdbcType(text, Types.ARRAY, Array.class, 0, 0, UNLIMITED);
    } else if (text.startsWith("map") || text.startsWith("row")) {
      return new JdbcType(text, Types.JAVA_OBJECT, Map.class, 0, 0, UNLIMITED);
    }
    Matcher sized = SIZED.matcher(text);
    if (sized.matches()) {
      int size = Integer.parseInt(sized.group(2));
      int scale = sized.group(3) == null ? 0 : Integer.parseInt(sized.group(3));
      String base = sized.group(4) == null ? sized.group(1) : sized.group(1) + sized.group(4);
      return sized(text, base, size, scale);
    }
    return simple(text);
  }

  private static JdbcType sized(String text, String base, int size, int scale) {
    return switch (base) {
      case "decimal" -> new JdbcType(text, Types.DECIMAL, BigDecimal.class, size, scale, size + 2);
      case "char" -> new JdbcType(text, Types.CHAR, String.class, size, 0, size);
      case "timestamp" -> timestamp(text, size);
      case "time" -> new JdbcType(text, Types.TIME, Time.class, 8 + size, size, 9 + size);
      case "timestamp with time zone" -> zoned(text, size);
      default -> new JdbcType(text, Types.VARCHAR, String.class, size, 0, size);
    };
  }

  private static JdbcType timestamp(String text, int digits) {
    int size = SECONDS_TEXT + (digits == 0 ? 0 : digits + 1);
    return new JdbcType(text, Types.TIMESTAMP, Timestamp.class, size, digits, size);
  }

  private static JdbcType zoned(String text, int digits) {
    int size = timestamp(text, digits).displaySize() + "+00:00".length();
    return new JdbcType(
        text, Types.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime.class, size, digits, size);
  }

  private static JdbcType simple(String text) {
    return switch (text) {
      case "boolean" -> new JdbcType(text, Types.BOOLEAN, Boolean.class, 1, 0, 5);
      case "tinyint" -> new JdbcType(text, Types.TINYINT, Byte.class, 3, 0, 4);
      case "smallint" -> new JdbcType(text, Types.SMALLINT, Short.class, 5, 0, 6);
      case "integer" -> new JdbcType(text, Types.INTEGER, Integer.class, 10, 0, 11);
      case "bigint" -> new JdbcType(text, Types.BIGINT, Long.class, 19, 0, 20);
      case "real" -> new JdbcType(text, Types.REAL, Float.class, 7, 0, 15);
      case "double" -> new JdbcType(text, Types.DOUBLE, Double.class, 15, 0, 24);
      case "decimal" ->
          new JdbcType(text, Types.DECIMAL, BigDecimal.class, MAX_DECIMAL, 0, MAX_DECIMAL + 2);
      case "date" -> new JdbcType(text, Types.DATE, Date.class, 10, 0, 10);
      case "timestamp" -> timestamp(text, MILLIS);
      case "timestamp with time zone" -> zoned(text, MILLIS);
      case "varbinary" ->
          new JdbcType(text, Types.VARBINARY, byte[].class, UNLIMITED, 0, UNLIMITED);
      case "uuid" -> new JdbcType(text, Types.OTHER, UUID.class, 0, 0, 36);
      case "interval day to second" -> new JdbcType(text, Types.OTHER, Duration.class, 0, 0, 40);
      case "interval year to month" -> new JdbcType(text, Types.OTHER, Period.class, 0, 0, 20);
      case "unknown" -> new JdbcType(text, Types.NULL, Object.class, 0, 0, 4);
      case "array" -> new JdbcType(text, Types.ARRAY, Array.class, 0, 0, UNLIMITED);
      case "char" -> new JdbcType(text, Types.CHAR, String.class, MAX_CHAR, 0, MAX_CHAR);
      default -> new JdbcType(text, Types.VARCHAR, String.class, UNLIMITED, 0, UNLIMITED);
    };
  }

  /** The type of an array's elements; that of NULL where it is not known. */
  public JdbcType element() {
    return name.startsWith("array(")
        ? of(name.substring("array(".length(), name.length() - 1))
        : of("unknown");
  }

  public boolean isSigned() {
    return Number.class.isAssignableFrom(javaClass);
  }

  public boolean isText() {
    return javaClass == String.class;
  }

  /** Whether digits after the point have a meaning. */
  public boolean hasScale() {
    return code == Types.DECIMAL || code == Types.TIMESTAMP || isWhole();
  }

  private boolean isWhole() {
    return isSigned() && code != Types.REAL && code != Types.DOUBLE;
  }

  /** The base of sizes in digits; null for what is no number. */
  public @Nullable Integer radix() {
    return isSigned() ? 10 : null;
  }

  /** What a literal begins with, if it ends with a quote. */
  public @Nullable String literalPrefix() {
    return switch (code) {
      case Types.CHAR, Types.VARCHAR -> "'";
      case Types.VARBINARY -> "X'";
      case Types.DATE -> "DATE '";
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> "TIMESTAMP '";
      case Types.DECIMAL -> "DECIMAL '";
      default -> null;
    };
  }
}
