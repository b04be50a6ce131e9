package io.lakesdk.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between numbers that keep the value. Each answers null when it would not be kept, or
 * when the value is no number. Binary fractions do not become whole numbers, even when they are
 * whole, so that it does not depend on the rows whether a query can be read.
 */
final class ExactNumbers {

  private ExactNumbers() {}

  static @Nullable Object toLong(Object value) {
    return whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static @Nullable Object toInt(Object value) {
    Long whole = whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return whole == null ? null : (Object) whole.intValue();
  }

  static @Nullable Object toShort(Object value) {
    Long whole = whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
    return whole == null ? null : (Object) whole.shortValue();
  }

  static @Nullable Object toByte(Object value) {
    Long whole = whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
    return whole == null ? null : (Object) whole.byteValue();
  }

  static @Nullable Object toBigInteger(Object value) {
    if (value instanceof BigInteger big) {
      return big;
    }
    if (isSmallWhole(value)) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigDecimal decimal) {
      try {
        return decimal.toBigIntegerExact();
      } catch (ArithmeticException e) {
        return null;
      }
    }
    return null;
  }

  static @Nullable Object toBigDecimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger big) {
      return new BigDecimal(big);
    }
    if (isSmallWhole(value)) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Float number && Float.isFinite(number)) {
      return new BigDecimal(number.toString());
    }
    return null;
  }

  /** A decimal becomes the double that prints as the same decimal: 0.1 is 0.1. */
  static @Nullable Object toDouble(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (toBigDecimal(value) instanceof BigDecimal exact) {
      double number = exact.doubleValue();
      boolean kept =
          Double.isFinite(number)
              && (BigDecimal.valueOf(number).compareTo(exact) == 0
                  || new BigDecimal(number).compareTo(exact) == 0);
      return kept ? (Object) number : null;
    }
    return null;
  }

  static @Nullable Object toFloat(Object value) {
    if (value instanceof Float) {
      return value;
    }
    if (value instanceof Double number) {
      float narrow = number.floatValue();
      return Double.compare(narrow, number) == 0 ? (Object) narrow : null;
    }
    if (toBigDecimal(value) instanceof BigDecimal exact) {
      float number = exact.floatValue();
      boolean kept =
          Float.isFinite(number)
              && (new BigDecimal(Float.toString(number)).compareTo(exact) == 0
                  || new BigDecimal(number).compareTo(exact) == 0);
      return kept ? (Object) number : null;
    }
    return null;
  }

  private static @Nullable Long whole(Object value, long min, long max) {
    long whole;
    if (isSmallWhole(value)) {
      whole = ((Number) value).longValue();
    } else if (toBigInteger(value) instanceof BigInteger big && big.bitLength() < Long.SIZE) {
      whole = big.longValue();
    } else {
      return null;
    }
    return whole >= min && whole <= max ? whole : null;
  }

  private static boolean isSmallWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }
}
