package io.lakesdk.query.federated.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of JSON as values of columns. Numbers must fit exactly; decimals may be written as texts;
 * dates and times are texts of ISO 8601, times with an offset become UTC and are cut to
 * milliseconds; bytes are Base64. What is no text is a string as JSON writes it.
 */
final class JsonValues {

  private static final int MOST_DIGITS = 38;
  private static final int LAST_YEAR = 9999;

  private JsonValues() {}

  /** A value is none of its column's type. */
  static final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MisfitException() {
      super("a value does not fit", null, false, false);
    }
  }

  static @Nullable Object read(@Nullable JsonNode node, DataType type) {
    if (node == null || node.isNull()) {
      return null;
    }
    try {
      return value(node, type);
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      throw new MisfitException();
    }
  }

  private static Object value(JsonNode node, DataType type) {
    if (type instanceof Primitive primitive) {
      return primitive(node, primitive);
    } else if (type instanceof DecimalType decimal) {
      BigDecimal number = node.isTextual() ? new BigDecimal(node.textValue()) : number(node);
      return decimal(number, decimal);
    } else if (type instanceof VarcharType varchar) {
      return text(node, varchar.length());
    } else if (type instanceof CharType fixed) {
      return text(node, fixed.length());
    } else if (type instanceof ArrayType array) {
      List<@Nullable Object> values = new ArrayList<>();
      require(node.isArray());
      node.forEach(element -> values.add(read(element, array.element())));
      return values;
    } else if (type instanceof MapType map && map.key() == Primitive.STRING) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      require(node.isObject());
      node.properties().forEach(e -> values.put(e.getKey(), read(e.getValue(), map.value())));
      return values;
    }
    if (type instanceof StructType struct) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      require(node.isObject());
      JsonFields fields = new JsonFields(node);
      struct.fields().forEach(f -> values.put(f.name(), read(fields.get(f.name()), f.type())));
      return values;
    }
    throw new MisfitException();
  }

  private static Object primitive(JsonNode node, Primitive type) {
    return switch (type) {
      case BOOLEAN -> {
        require(node.isBoolean());
        yield node.booleanValue();
      }
      case TINYINT -> whole(node).byteValueExact();
      case SMALLINT -> whole(node).shortValueExact();
      case INT -> whole(node).intValueExact();
      case BIGINT -> whole(node).longValueExact();
      case FLOAT -> {
        float value = number(node).floatValue();
        require(Float.isFinite(value));
        yield value;
      }
      case DOUBLE -> {
        double value = number(node).doubleValue();
        require(Double.isFinite(value));
        yield value;
      }
      case STRING -> node.isTextual() ? node.textValue() : node.toString();
      case BINARY -> Base64.getDecoder().decode(text(node));
      case DATE -> usual(LocalDate.parse(text(node)));
      case TIMESTAMP -> timestamp(text(node));
    };
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new MisfitException();
    }
  }

  private static String text(JsonNode node) {
    require(node.isTextual());
    return node.textValue();
  }

  private static String text(JsonNode node, int most) {
    String text = text(node);
    require(text.codePointCount(0, text.length()) <= most);
    return text;
  }

  private static BigDecimal number(JsonNode node) {
    require(node.isNumber());
    return node.decimalValue();
  }

  /** A whole number that is not written out before it is known to be short. */
  private static BigDecimal whole(JsonNode node) {
    BigDecimal number = number(node);
    requireShort(number);
    return number;
  }

  private static void requireShort(BigDecimal number) {
    require((long) number.precision() - number.scale() <= MOST_DIGITS);
  }

  private static BigDecimal decimal(BigDecimal number, DecimalType type) {
    requireShort(number);
    require(number.signum() == 0 || number.stripTrailingZeros().scale() <= type.scale());
    BigDecimal scaled = number.setScale(type.scale());
    require(scaled.precision() <= type.precision());
    return scaled;
  }

  private static LocalDate usual(LocalDate date) {
    require(Math.abs(date.getYear()) <= LAST_YEAR);
    return date;
  }

  private static LocalDateTime timestamp(String text) {
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
    LocalDateTime time =
        parsed instanceof OffsetDateTime moment
            ? moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
            : LocalDateTime.from(parsed);
    LocalDate day = usual(time.toLocalDate());
    return day.atTime(time.toLocalTime()).truncatedTo(ChronoUnit.MILLIS);
  }
}
