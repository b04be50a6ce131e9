package io.lakesdk.query.parquet;

import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * How a column's smallest and largest values are written in a footer. They are read as what
 * compares as the column's values do: a {@code BigDecimal} for numbers, days, nanoseconds and
 * booleans, a {@code Double} for floating-point numbers, and a {@code String} of one character a
 * byte for text, whose order is that of its bytes in UTF-8.
 *
 * @param declared the type as which a dataset reads the column
 * @param physical how the file stores it
 * @param meaning what the file says that it is
 * @param scale of decimals
 */
record StatisticsType(DataType declared, Type physical, Meaning meaning, int scale) {

  private static final Set<Primitive> WHOLE =
      EnumSet.of(Primitive.TINYINT, Primitive.SMALLINT, Primitive.INT, Primitive.BIGINT);

  /** What a file says that values are, beyond their physical type. */
  enum Meaning {
    NONE,
    SIGNED,
    UNSIGNED,
    DECIMAL,
    TEXT,
    DATE,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS,
    /** Anything else, also what is not known here. */
    OTHER
  }

  /** Nothing if values of the file are not compared as those of the dataset. */
  static Optional<StatisticsType> of(DataType declared, SchemaElement leaf) {
    Type physical = leaf.getType();
    if (physical == null) {
      return Optional.empty();
    }
    LogicalType logical = leaf.getLogicalType();
    int scale =
        logical != null && logical.isSetDECIMAL()
            ? logical.getDECIMAL().getScale()
            : leaf.getScale();
    Meaning meaning = logical == null ? meaning(leaf.getConverted_type()) : meaning(logical);
    StatisticsType type = new StatisticsType(declared, physical, meaning, scale);
    return Optional.of(type).filter(StatisticsType::isComparable);
  }

  private static Meaning meaning(LogicalType type) {
    if (type.isSetINTEGER()) {
      return type.getINTEGER().isIsSigned() ? Meaning.SIGNED : Meaning.UNSIGNED;
    } else if (type.isSetDECIMAL()) {
      return Meaning.DECIMAL;
    } else if (type.isSetSTRING()) {
      return Meaning.TEXT;
    } else if (type.isSetDATE()) {
      return Meaning.DATE;
    } else if (type.isSetTIMESTAMP()) {
      TimeUnit unit = type.getTIMESTAMP().getUnit();
      return unit == null
          ? Meaning.OTHER
          : unit.isSetMILLIS()
              ? Meaning.MILLISECONDS
              : unit.isSetMICROS()
                  ? Meaning.MICROSECONDS
                  : unit.isSetNANOS() ? Meaning.NANOSECONDS : Meaning.OTHER;
    }
    return Meaning.OTHER;
  }

  private static Meaning meaning(@Nullable ConvertedType type) {
    if (type == null) {
      return Meaning.NONE;
    }
    return switch (type) {
      case INT_8, INT_16, INT_32, INT_64 -> Meaning.SIGNED;
      case UINT_8, UINT_16, UINT_32, UINT_64 -> Meaning.UNSIGNED;
      case DECIMAL -> Meaning.DECIMAL;
      case UTF8 -> Meaning.TEXT;
      case DATE -> Meaning.DATE;
      case TIMESTAMP_MILLIS -> Meaning.MILLISECONDS;
      case TIMESTAMP_MICROS -> Meaning.MICROSECONDS;
      default -> Meaning.OTHER;
    };
  }

  private boolean isComparable() {
    boolean whole = physical == Type.INT32 || physical == Type.INT64;
    if (declared instanceof DecimalType || isOneOf(WHOLE)) {
      return meaning == Meaning.DECIMAL
          ? whole || physical == Type.FIXED_LEN_BYTE_ARRAY || physical == Type.BYTE_ARRAY
          : whole
              && (meaning == Meaning.NONE
                  || meaning == Meaning.SIGNED
                  || meaning == Meaning.UNSIGNED);
    } else if (isOneOf(EnumSet.of(Primitive.FLOAT, Primitive.DOUBLE))) {
      return isFloating() && meaning == Meaning.NONE;
    } else if (declared == Primitive.STRING) {
      return physical == Type.BYTE_ARRAY && meaning == Meaning.TEXT;
    } else if (declared == Primitive.DATE) {
      return physical == Type.INT32 && meaning == Meaning.DATE;
    } else if (declared == Primitive.TIMESTAMP) {
      return physical == Type.INT64
          && (meaning == Meaning.MILLISECONDS
              || meaning == Meaning.MICROSECONDS
              || meaning == Meaning.NANOSECONDS);
    }
    return declared == Primitive.BOOLEAN && physical == Type.BOOLEAN && meaning == Meaning.NONE;
  }

  private boolean isOneOf(Set<Primitive> types) {
    return declared instanceof Primitive primitive && types.contains(primitive);
  }

  /** Whether some values may be NaN, which the smallest and the largest do not tell. */
  boolean isFloating() {
    return physical == Type.FLOAT || physical == Type.DOUBLE;
  }

  /**
   * Whether the deprecated fields, which compare as signed numbers and bytes, are in the order of
   * the values.
   */
  boolean isSigned() {
    return meaning != Meaning.UNSIGNED
        && physical != Type.BYTE_ARRAY
        && physical != Type.FIXED_LEN_BYTE_ARRAY;
  }

  /** A smallest or largest value; nothing if it is NaN or not of the right size. */
  Optional<Object> read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (physical) {
      case BOOLEAN ->
          bytes.length == 1 ? Optional.of(new BigDecimal(value.get(0))) : Optional.empty();
      case INT32 -> bytes.length == 4 ? Optional.of(number(value.getInt(0))) : Optional.empty();
      case INT64 -> bytes.length == 8 ? Optional.of(number(value.getLong(0))) : Optional.empty();
      case FLOAT -> bytes.length == 4 ? floating(value.getFloat(0)) : Optional.empty();
      case DOUBLE -> bytes.length == 8 ? floating(value.getDouble(0)) : Optional.empty();
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          declared == Primitive.STRING
              ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1))
              : bytes.length == 0
                  ? Optional.empty()
                  : Optional.of(new BigDecimal(new BigInteger(bytes), scale));
      case INT96 -> Optional.empty();
    };
  }

  private BigDecimal number(int value) {
    return meaning == Meaning.UNSIGNED
        ? BigDecimal.valueOf(Integer.toUnsignedLong(value))
        : number((long) value);
  }

  private BigDecimal number(long value) {
    return switch (meaning) {
      case UNSIGNED -> new BigDecimal(Long.toUnsignedString(value));
      case DECIMAL -> BigDecimal.valueOf(value, scale);
      case MILLISECONDS -> BigDecimal.valueOf(value, -6);
      case MICROSECONDS -> BigDecimal.valueOf(value, -3);
      default -> BigDecimal.valueOf(value);
    };
  }

  /** Zeros of both signs are equal. */
  private static Optional<Object> floating(double value) {
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value + 0.0);
  }
}
