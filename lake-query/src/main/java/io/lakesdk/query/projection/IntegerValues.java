package io.lakesdk.query.projection;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.draft.Layout;

/**
 * Whole numbers of a range.
 *
 * @param low the first
 * @param high the last, if the interval meets it; not less
 * @param interval between two of them
 * @param digits that they have at least, with zeros in front
 */
record IntegerValues(long low, long high, long interval, int digits) implements KeyValues {

  private static final int MOST_DIGITS = 100;

  /**
   * @throws InvalidDefinitionException if the properties of the key are not those of integers
   */
  static IntegerValues of(Properties properties, String key) {
    String[] ends = properties.range(key);
    long low = number(properties, key, ends[0]);
    long high = number(properties, key, ends[1]);
    if (high < low) {
      throw properties.wrong(key, "range", "a range whose first value is the lower one");
    }
    long digits = properties.positive(key, "digits").orElse(1L);
    if (digits > MOST_DIGITS) {
      throw properties.wrong(key, "digits", "a number up to " + MOST_DIGITS);
    }
    long interval = properties.positive(key, "interval").orElse(1L);
    if (Long.compareUnsigned(Long.divideUnsigned(high - low, interval), Long.MAX_VALUE) >= 0) {
      throw properties.wrong(key, "range", "one of less than 2^63 values");
    }
    return new IntegerValues(low, high, interval, (int) digits);
  }

  private static long number(Properties properties, String key, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException noNumber) {
      throw properties.wrong(key, "range", "two whole numbers");
    }
  }

  @Override
  public long count() {
    return Long.divideUnsigned(high - low, interval) + 1;
  }

  @Override
  public String value(long number) {
    long value = low + number * interval;
    String sign = value < 0 ? "-" : "";
    String text = Long.toString(value).substring(sign.length());
    return sign + "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** As texts numbers have their order where all have as many digits. */
  @Override
  public boolean isOrdered(Layout.Kind kind) {
    return kind == Layout.Kind.INTEGER
        || (low >= 0 && value(0).length() == value(count() - 1).length());
  }
}
