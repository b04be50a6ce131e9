package io.lakesdk.query.aws;

import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.syntax.NamedParameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values as Athena's SQL writes them, with the type that the value has in an embedded engine. Text
 * stands in quotes, and quotes in it are doubled, which is all that the language knows of escaping.
 */
final class SqlLiterals {

  private static final int LAST_YEAR = 9999;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private SqlLiterals() {}

  /**
   * An expression without parameters that has this value.
   *
   * @param name the parameter's, for messages
   * @param value anything that {@code Query.bind} takes but a list
   */
  static String of(String name, @Nullable Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof String text) {
      return text(name, text);
    } else if (value instanceof Boolean flag) {
      return flag ? "TRUE" : "FALSE";
    } else if (value instanceof Byte number) {
      return cast(number.toString(), "TINYINT");
    } else if (value instanceof Short number) {
      return cast(number.toString(), "SMALLINT");
    } else if (value instanceof Integer number) {
      return cast(number.toString(), "INTEGER");
    } else if (value instanceof Long number) {
      return cast(number.toString(), "BIGINT");
    } else if (value instanceof Float number) {
      return cast(number.toString(), "REAL");
    } else if (value instanceof Double number) {
      return cast(number.toString(), "DOUBLE");
    } else if (value instanceof BigDecimal number) {
      return decimal(number);
    } else if (value instanceof BigInteger number) {
      return decimal(new BigDecimal(number));
    } else if (value instanceof byte[] bytes) {
      return "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
    } else if (value instanceof LocalDate date) {
      return "DATE '" + inRange(name, date) + "'";
    } else if (value instanceof LocalDateTime time) {
      return timestamp(name, time);
    } else if (value instanceof Instant instant) {
      return timestamp(name, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
    throw new IllegalStateException("parameters were checked, and this is one more type of them");
  }

  private static String cast(String text, String type) {
    return "CAST('" + text + "' AS " + type + ")";
  }

  private static String text(String name, String text) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw SqlErrors.refuse(
          "the parameter "
              + NamedParameters.shown(name)
              + " has half of a surrogate pair, which is no character");
    }
    return "'" + text.replace("'", "''") + "'";
  }

  private static String decimal(BigDecimal number) {
    int scale = Math.max(0, number.scale());
    int precision = Math.max(1, Math.max(number.precision() - number.scale() + scale, scale));
    return cast(number.toPlainString(), "DECIMAL(" + precision + "," + scale + ")");
  }

  private static LocalDate inRange(String name, LocalDate date) {
    if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
      throw SqlErrors.refuse(
          "the parameter "
              + NamedParameters.shown(name)
              + " is a date whose year has not four digits");
    }
    return date;
  }

  private static String timestamp(String name, LocalDateTime time) {
    LocalDate unused = inRange(name, time.toLocalDate());
    boolean millis = time.get(ChronoField.NANO_OF_SECOND) % 1_000_000 == 0;
    return "TIMESTAMP '" + time.format(millis ? MILLIS : MICROS) + "'";
  }
}
