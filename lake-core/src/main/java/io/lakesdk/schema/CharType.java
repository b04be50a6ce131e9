package io.lakesdk.schema;

/**
 * {@code char(length)}: text of exactly so many characters, padded with spaces.
 *
 * @param length 1 to 255
 */
public record CharType(int length) implements DataType {

  private static final int MAX_LENGTH = 255;

  public CharType {
    if (length < 1 || length > MAX_LENGTH) {
      throw TypeParser.undefined(
          "char(" + length + ")", "the length must be from 1 to 255; use varchar for longer");
    }
  }

  @Override
  public String toString() {
    return "char(" + length + ")";
  }
}
