package io.lakesdk.schema;

/**
 * {@code decimal(precision,scale)}: an exact decimal number.
 *
 * @param precision all digits, 1 to 38
 * @param scale those after the point, 0 to {@code precision}
 */
public record DecimalType(int precision, int scale) implements DataType {

  static final int MAX_PRECISION = 38;

  public DecimalType {
    if (precision < 1 || precision > MAX_PRECISION) {
      throw TypeParser.undefined(
          "decimal(" + precision + "," + scale + ")", "the precision must be from 1 to 38");
    }
    if (scale < 0 || scale > precision) {
      throw TypeParser.undefined(
          "decimal(" + precision + "," + scale + ")",
          "the scale must be from 0 to the precision, " + precision);
    }
  }

  @Override
  public String toString() {
    return "decimal(" + precision + "," + scale + ")";
  }
}
