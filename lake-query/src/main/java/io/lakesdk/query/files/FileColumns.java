package io.lakesdk.query.files;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.storage.ObjectRef;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What files with schemas of their own have in common when they are read as a dataset's columns.
 */
public final class FileColumns {

  private final ObjectRef file;

  public FileColumns(ObjectRef file) {
    this.file = file;
  }

  /** The error of a file that cannot be read. */
  public BadDataException bad(String reason) {
    return new BadDataException("read", Subject.object(file.zone(), file.key()), reason);
  }

  /** The error of a column whose type in the file cannot be read as the one in the dataset. */
  public BadDataException mismatch(String column, String there, DataType type) {
    return bad(
        "its column "
            + column
            + " is "
            + there
            + ", which cannot be read as "
            + type
            + ", the type that its dataset declares, without loss");
  }

  /** The places of names, by lower-case name. */
  Map<String, Integer> places(List<String> names, String inside) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String folded = names.get(i).toLowerCase(Locale.ROOT);
      if (places.put(folded, i) != null) {
        throw bad(
            "it has two columns named "
                + (inside.isEmpty() ? "" : inside + ".")
                + folded
                + " that differ only in case; Athena does not tell them apart");
      }
    }
    return places;
  }

  /** Whether decimals of these digits are all values of the type. */
  static boolean fits(int precision, int scale, DecimalType type) {
    return scale <= type.scale() && precision - scale <= type.precision() - type.scale();
  }

  /**
   * A number in the column's scale.
   *
   * @throws ArithmeticException if it does not fit
   */
  public static BigDecimal scaled(BigDecimal number, DecimalType type) {
    // Exponents may be anything, and a number is not written out with more digits than have room.
    long whole = (long) number.precision() - number.scale();
    boolean tooLarge = whole > type.precision() - type.scale();
    boolean tooFine = whole <= -type.scale();
    if (number.signum() != 0 && (tooLarge || tooFine)) {
      throw new ArithmeticException("precision");
    }
    BigDecimal scaled =
        number.signum() == 0
            ? BigDecimal.ZERO.setScale(type.scale())
            : number.setScale(type.scale());
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException("precision");
    }
    return scaled;
  }

  /**
   * A whole number as a value of a type of whole numbers.
   *
   * @throws ArithmeticException if it does not fit
   */
  public static Object whole(long number, Primitive type) {
    return switch (type) {
      case TINYINT -> exactly(number, (byte) number, (byte) number);
      case SMALLINT -> exactly(number, (short) number, (short) number);
      case INT -> Math.toIntExact(number);
      default -> number;
    };
  }

  private static Object exactly(long number, long narrow, Object boxed) {
    if (number != narrow) {
      throw new ArithmeticException("range");
    }
    return boxed;
  }

  static boolean isWhole(DataType type) {
    return type == Primitive.TINYINT
        || type == Primitive.SMALLINT
        || type == Primitive.INT
        || type == Primitive.BIGINT;
  }

  /** A moment in UTC to the millisecond, to which finer ones are rounded as in Athena. */
  public static LocalDateTime timestamp(long seconds, int nanos) {
    long millis = Math.floorDiv(nanos + 500_000, 1_000_000);
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).plusNanos(millis * 1_000_000);
  }
}
