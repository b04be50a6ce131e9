package io.lakesdk.query.files.ion;

import com.amazon.ion.IntegerSize;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.Timestamp;
import com.amazon.ion.system.IonTextWriterBuilder;
import io.lakesdk.Format.LetterCase;
import io.lakesdk.Format.Overflow;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.files.FileColumns;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of Ion as values of a type. Which types go together is in "Type mapping" of the Amazon Ion
 * Hive SerDe's documentation; a text is also made of any other value, as Ion writes it.
 */
final class IonValues {

  private final FileColumns names;
  private final LetterCase letters;

  IonValues(FileColumns names, LetterCase letters) {
    this.names = names;
    this.letters = letters;
  }

  /**
   * The value at which a reader stands.
   *
   * @param where the column, and the path inside of it
   * @throws ArithmeticException if it does not fit the type
   * @throws BadDataException if values of its type cannot be read as the type
   */
  @Nullable Object read(IonReader in, DataType type, Overflow overflow, String where) {
    if (in.isNullValue()) {
      return null;
    }
    IonType there = in.getType();
    if (Texts.isText(type)) {
      return text(in, type, overflow);
    }
    if (type instanceof DecimalType decimal) {
      return switch (there) {
        case INT -> FileColumns.scaled(new BigDecimal(in.bigIntegerValue()), decimal);
        case DECIMAL -> FileColumns.scaled(in.bigDecimalValue(), decimal);
        default -> throw mismatch(where, there, type);
      };
    }
    if (type instanceof ArrayType array && (there == IonType.LIST || there == IonType.SEXP)) {
      return list(in, array, overflow, where);
    }
    if (type instanceof MapType map && there == IonType.STRUCT) {
      return map(in, map, overflow, where);
    }
    if (type instanceof StructType struct && there == IonType.STRUCT) {
      return struct(in, struct, overflow, where);
    }
    if (type instanceof Primitive primitive && there == of(primitive, there)) {
      return primitive(in, primitive, overflow);
    }
    throw mismatch(where, there, type);
  }

  private BadDataException mismatch(String where, IonType there, DataType type) {
    return names.mismatch(where, there.name().toLowerCase(Locale.ROOT), type);
  }

  /** What values of a type are in Ion; of several that which is there. */
  private static IonType of(Primitive type, IonType there) {
    return switch (type) {
      case BOOLEAN -> IonType.BOOL;
      case TINYINT, SMALLINT, INT, BIGINT -> IonType.INT;
      case FLOAT, DOUBLE -> IonType.FLOAT;
      case DATE, TIMESTAMP -> IonType.TIMESTAMP;
      case BINARY -> there == IonType.CLOB ? IonType.CLOB : IonType.BLOB;
      case STRING -> IonType.STRING;
    };
  }

  private static Object primitive(IonReader in, Primitive type, Overflow overflow) {
    return switch (type) {
      case BOOLEAN -> in.booleanValue();
      case TINYINT, SMALLINT, INT, BIGINT ->
          overflow == Overflow.CUT
              ? cut(in.bigIntegerValue().longValue(), type)
              : FileColumns.whole(exactly(in), type);
      case FLOAT -> single(in.doubleValue(), overflow);
      case DOUBLE -> in.doubleValue();
      case DATE -> date(in.timestampValue());
      case TIMESTAMP -> moment(in.timestampValue());
      case BINARY -> in.newBytes();
      case STRING -> in.stringValue();
    };
  }

  private static long exactly(IonReader in) {
    return in.getIntegerSize() == IntegerSize.BIG_INTEGER
        ? in.bigIntegerValue().longValueExact()
        : in.longValue();
  }

  private static Object cut(long number, Primitive type) {
    return switch (type) {
      case TINYINT -> (byte) number;
      case SMALLINT -> (short) number;
      case INT -> (int) number;
      default -> number;
    };
  }

  private static float single(double number, Overflow overflow) {
    float single = (float) number;
    if (overflow == Overflow.REFUSED && Double.compare(single, number) != 0) {
      throw new ArithmeticException("precision");
    }
    return single;
  }

  /** The day in UTC. */
  private static LocalDate date(Timestamp moment) {
    return LocalDate.of(moment.getZYear(), moment.getZMonth(), moment.getZDay());
  }

  /** What is not deprecated adds the fraction to the seconds, whatever its exponent is. */
  @SuppressWarnings("deprecation")
  private static LocalDateTime moment(Timestamp moment) {
    LocalDateTime second =
        date(moment).atTime(moment.getZHour(), moment.getZMinute(), moment.getZSecond());
    return FileColumns.timestamp(
        second.toEpochSecond(ZoneOffset.UTC), nanos(moment.getZFractionalSecond()));
  }

  /** A fraction may have any number of zeros before its first digit. */
  private static int nanos(@Nullable BigDecimal fraction) {
    return fraction == null || fraction.scale() - fraction.precision() > 9
        ? 0
        : fraction.setScale(9, RoundingMode.DOWN).unscaledValue().intValue();
  }

  private static String text(IonReader in, DataType type, Overflow overflow) {
    String text = IonType.isText(in.getType()) ? in.stringValue() : written(in);
    int most =
        type instanceof VarcharType varchar
            ? varchar.length()
            : type instanceof CharType fixed ? fixed.length() : Integer.MAX_VALUE;
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    if (overflow == Overflow.REFUSED) {
      throw new ArithmeticException("length");
    }
    return text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static String written(IonReader in) {
    StringBuilder text = new StringBuilder();
    try (IonWriter writer = IonTextWriterBuilder.standard().build(text)) {
      writer.writeValue(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private List<@Nullable Object> list(
      IonReader in, ArrayType array, Overflow overflow, String where) {
    List<@Nullable Object> list = new ArrayList<>();
    in.stepIn();
    while (in.next() != null) {
      list.add(read(in, array.element(), overflow, where));
    }
    in.stepOut();
    return list;
  }

  private Map<String, @Nullable Object> map(
      IonReader in, MapType map, Overflow overflow, String where) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    in.stepIn();
    while (in.next() != null) {
      entries.put(in.getFieldName(), read(in, map.value(), overflow, where));
    }
    in.stepOut();
    return entries;
  }

  private Map<String, @Nullable Object> struct(
      IonReader in, StructType struct, Overflow overflow, String where) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    in.stepIn();
    while (in.next() != null) {
      String name = in.getFieldName();
      for (StructType.Field field : struct.fields()) {
        if (IonPath.same(field.name(), name, letters)) {
          fields.put(field.name(), read(in, field.type(), overflow, where + "." + field.name()));
        }
      }
    }
    in.stepOut();
    return fields;
  }
}
