package io.lakesdk.ingest.embedded;

import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.VarcharType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** {@link Fit} between types without parts. */
final class ScalarFit {

  /** Types of whole numbers, the narrower first. */
  private static final List<DataType> WHOLE =
      List.of(DataType.TINYINT, DataType.SMALLINT, DataType.INT, DataType.BIGINT);

  private static final int LAST_YEAR = 9999;

  private ScalarFit() {}

  static Optional<Fit> between(DataType from, DataType to) {
    boolean whole = WHOLE.contains(from);
    if (whole && WHOLE.contains(to)) {
      return Optional.of(value -> whole(((Number) value).longValue(), to));
    }
    if (to instanceof DecimalType decimal && (whole || from instanceof DecimalType)) {
      return Optional.of(value -> decimal(value, decimal));
    }
    if (from.equals(DataType.STRING)) {
      return capacity(to).map(most -> value -> text((String) value, most, to));
    }
    if (from.equals(DataType.FLOAT) && to.equals(DataType.DOUBLE)) {
      return Optional.of(value -> ((Number) value).doubleValue());
    }
    if (from.equals(DataType.DOUBLE) && to.equals(DataType.FLOAT)) {
      return Optional.of(value -> narrowed((Double) value));
    }
    if (from.equals(DataType.DATE) && to.equals(DataType.DATE)) {
      return Optional.of(value -> inRange(value, ((LocalDate) value).getYear(), to));
    }
    if (from.equals(DataType.TIMESTAMP) && to.equals(DataType.TIMESTAMP)) {
      return Optional.of(value -> inRange(value, ((LocalDateTime) value).getYear(), to));
    }
    return from instanceof Primitive && from.equals(to)
        ? Optional.of(value -> value)
        : Optional.empty();
  }

  private static Object whole(long number, DataType type) throws MisfitException {
    Number fitted =
        switch (WHOLE.indexOf(type)) {
          case 0 -> (byte) number;
          case 1 -> (short) number;
          case 2 -> (int) number;
          default -> number;
        };
    if (fitted.longValue() != number) {
      throw new MisfitException("it is out of the range of " + type);
    }
    return fitted;
  }

  private static Object decimal(Object value, DecimalType type) throws MisfitException {
    BigDecimal number =
        value instanceof BigDecimal decimal
            ? decimal
            : BigDecimal.valueOf(((Number) value).longValue());
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (plain.scale() > type.scale()) {
      throw new MisfitException("it has more digits after the point than " + type + " holds");
    }
    if (plain.precision() - plain.scale() > type.precision() - type.scale()) {
      throw new MisfitException("it has more digits before the point than " + type + " holds");
    }
    return plain.setScale(type.scale());
  }

  private static Object narrowed(double number) throws MisfitException {
    float narrow = (float) number;
    if (Double.compare(narrow, number) != 0) {
      throw new MisfitException("a float does not hold it exactly");
    }
    return narrow;
  }

  /** How many characters a type of text holds; empty for other types. */
  private static Optional<Integer> capacity(DataType type) {
    if (type instanceof VarcharType text) {
      return Optional.of(text.length());
    }
    if (type instanceof CharType text) {
      return Optional.of(text.length());
    }
    return type.equals(DataType.STRING) ? Optional.of(Integer.MAX_VALUE) : Optional.empty();
  }

  private static Object text(String text, int most, DataType type) throws MisfitException {
    if (text.codePointCount(0, text.length()) > most) {
      throw new MisfitException("it has more characters than " + type + " holds");
    }
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new MisfitException("it is no valid Unicode: half of a surrogate pair stands alone");
    }
    return text;
  }

  private static Object inRange(Object value, int year, DataType type) throws MisfitException {
    if (year < 1 || year > LAST_YEAR) {
      throw new MisfitException("its year is not one of 1 to 9999, the range of " + type);
    }
    return value;
  }
}
