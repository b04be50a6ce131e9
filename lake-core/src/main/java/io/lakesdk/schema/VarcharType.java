package io.lakesdk.schema;

/**
 * {@code varchar(length)}: text of at most so many characters.
 *
 * @param length 1 to 65,535
 */
public record VarcharType(int length) implements DataType {

  private static final int MAX_LENGTH = 65_535;

  public VarcharType {
    if (length < 1 || length > MAX_LENGTH) {
      throw TypeParser.undefined(
          "varchar(" + length + ")", "the length must be from 1 to 65535; use string for longer");
    }
  }

  @Override
  public String toString() {
    return "varchar(" + length + ")";
  }
}
