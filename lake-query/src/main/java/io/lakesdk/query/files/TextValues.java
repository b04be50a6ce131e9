package io.lakesdk.query.files;

import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.VarcharType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values that are written as text. */
public final class TextValues {

  private TextValues() {}

  /** The value, or null if the text is none of the type. */
  public static @Nullable Object parse(String text, DataType type) {
    try {
      if (type instanceof DecimalType decimal) {
        return FileColumns.scaled(new BigDecimal(text), decimal);
      }
      if (Texts.isText(type)) {
        return fitted(text, type);
      }
      return type instanceof Primitive primitive ? primitive(text, primitive) : null;
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException notOfTheType) {
      return null;
    }
  }

  private static String fitted(String text, DataType type) {
    int most =
        type instanceof VarcharType varchar
            ? varchar.length()
            : type instanceof CharType fixed ? fixed.length() : Integer.MAX_VALUE;
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static @Nullable Object primitive(String text, Primitive type) {
    return switch (type) {
      case BOOLEAN ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
          };
      case TINYINT, SMALLINT, INT, BIGINT -> FileColumns.whole(Long.parseLong(text), type);
      case FLOAT -> Float.parseFloat(text);
      case DOUBLE -> Double.parseDouble(text);
      case STRING -> text;
      case BINARY -> Base64.getDecoder().decode(text);
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> timestamp(text);
    };
  }

  private static LocalDateTime timestamp(String text) {
    LocalDateTime time =
        text.length() == 10
            ? LocalDate.parse(text).atStartOfDay()
            : LocalDateTime.parse(text.replace(' ', 'T'));
    Instant moment = time.toInstant(ZoneOffset.UTC);
    return FileColumns.timestamp(moment.getEpochSecond(), moment.getNano());
  }
}
