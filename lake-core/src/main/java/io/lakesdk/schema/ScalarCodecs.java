package io.lakesdk.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Java classes that become one value of a simple type. */
final class ScalarCodecs {

  private static final DecimalType DEFAULT_DECIMAL = new DecimalType(38, 9);
  private static final DecimalType WHOLE_DECIMAL = new DecimalType(38, 0);

  private static final Map<Class<?>, Function<Place, Codec>> BY_CLASS = new HashMap<>();

  static {
    number(boolean.class, Boolean.class, Primitive.BOOLEAN, only(Boolean.class));
    number(byte.class, Byte.class, Primitive.TINYINT, ExactNumbers::toByte);
    number(short.class, Short.class, Primitive.SMALLINT, ExactNumbers::toShort);
    number(int.class, Integer.class, Primitive.INT, ExactNumbers::toInt);
    number(long.class, Long.class, Primitive.BIGINT, ExactNumbers::toLong);
    number(float.class, Float.class, Primitive.FLOAT, ExactNumbers::toFloat);
    number(double.class, Double.class, Primitive.DOUBLE, ExactNumbers::toDouble);
    same(String.class, Primitive.STRING);
    same(LocalDate.class, Primitive.DATE);
    other(UUID.class, Primitive.STRING, (place, v) -> v.toString(), ScalarCodecs::uuid);
    other(byte[].class, Primitive.BINARY, (place, v) -> v, ScalarCodecs::bytes);
    other(
        ByteBuffer.class,
        Primitive.BINARY,
        (place, v) -> bytesOf((ByteBuffer) v),
        v -> bytes(v) instanceof byte[] array ? ByteBuffer.wrap(array) : null);
    other(
        LocalDateTime.class,
        Primitive.TIMESTAMP,
        (place, v) -> ((LocalDateTime) v).truncatedTo(ChronoUnit.MILLIS),
        ScalarCodecs::timestamp);
    other(
        Instant.class,
        Primitive.TIMESTAMP,
        (place, v) -> utc((Instant) v).truncatedTo(ChronoUnit.MILLIS),
        v -> timestamp(v) instanceof LocalDateTime t ? t.toInstant(ZoneOffset.UTC) : null);
    other(
        BigInteger.class,
        WHOLE_DECIMAL,
        (place, v) -> decimal(place, WHOLE_DECIMAL, new BigDecimal((BigInteger) v)),
        ExactNumbers::toBigInteger);
  }

  private ScalarCodecs() {}

  /** The codec of a class, or null when it is none of these. */
  static @Nullable Codec find(Class<?> type, Place place, @Nullable Decimal size) {
    if (type == BigDecimal.class) {
      return bigDecimal(place, size);
    }
    Function<Place, Codec> codec = BY_CLASS.get(type);
    return codec == null ? null : codec.apply(place);
  }

  static Codec enumeration(Class<?> type, Place place) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return new ScalarCodec(
        Primitive.STRING,
        place,
        article(type),
        null,
        value -> ((Enum<?>) value).name(),
        value -> {
          Object constant = constants.get(value);
          if (constant == null && value instanceof String) {
            throw place.unreadable(
                "is " + article(type) + ", and the text in the column names none of its constants");
          }
          return constant;
        });
  }

  private static Codec bigDecimal(Place place, @Nullable Decimal size) {
    DecimalType type =
        size == null ? DEFAULT_DECIMAL : new DecimalType(size.precision(), size.scale());
    return new ScalarCodec(
        type,
        place,
        article(BigDecimal.class),
        null,
        value -> decimal(place, type, (BigDecimal) value),
        ExactNumbers::toBigDecimal);
  }

  private static BigDecimal decimal(Place place, DecimalType type, BigDecimal value) {
    // What stands before the point is counted first, so that no value is expanded to huge digits.
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    long before = (long) value.precision() - value.scale();
    if (before > type.precision() - type.scale()) {
      throw place.unwritable(
          "is kept as "
              + type
              + ", and a value has more than "
              + (type.precision() - type.scale())
              + " digits before the point");
    }
    BigDecimal stripped = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
    if (stripped.scale() > type.scale()) {
      throw place.unwritable(
          "is kept as "
              + type
              + ", and a value has more than "
              + type.scale()
              + " digits after the point; round it, or declare its size with"
              + " @Decimal(precision, scale)");
    }
    return stripped.setScale(type.scale());
  }

  private static @Nullable Object uuid(Object value) {
    if (value instanceof UUID) {
      return value;
    }
    if (value instanceof String text && text.length() == 36) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Object bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      return bytesOf(buffer);
    }
    return value instanceof byte[] ? value : null;
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static @Nullable Object timestamp(Object value) {
    if (value instanceof Instant instant) {
      return utc(instant);
    }
    if (value instanceof OffsetDateTime zoned) {
      return utc(zoned.toInstant());
    }
    return value instanceof LocalDateTime ? value : null;
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static void number(
      Class<?> primitive,
      Class<?> wrapper,
      Primitive type,
      Function<Object, @Nullable Object> read) {
    String orWrapper = wrapper.getSimpleName();
    BY_CLASS.put(
        primitive,
        place -> new ScalarCodec(type, place, article(primitive), orWrapper, v -> v, read));
    BY_CLASS.put(
        wrapper, place -> new ScalarCodec(type, place, article(wrapper), null, v -> v, read));
  }

  private static void same(Class<?> javaClass, Primitive type) {
    other(javaClass, type, (place, v) -> v, only(javaClass));
  }

  private static void other(
      Class<?> javaClass,
      DataType type,
      BiFunction<Place, Object, Object> write,
      Function<Object, @Nullable Object> read) {
    BY_CLASS.put(
        javaClass,
        place ->
            new ScalarCodec(
                type, place, article(javaClass), null, v -> write.apply(place, v), read));
  }

  private static Function<Object, @Nullable Object> only(Class<?> javaClass) {
    return value -> javaClass.isInstance(value) ? value : null;
  }

  /** {@code an int}, {@code a LocalDate}. */
  static String article(Class<?> type) {
    String name = type.getSimpleName();
    boolean vowel = "aeioAEIO".indexOf(name.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + name;
  }
}
