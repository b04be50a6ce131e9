package io.lakesdk.schema;

/**
 * The type of a column: one of the types that Athena has for tables over files. Values are
 * immutable, equal when they mean the same, and print themselves in Hive's notation, which is how
 * Glue stores them: {@code map<string,array<decimal(10,2)>>}.
 *
 * <p>Import the constants and factories statically to describe columns: {@code INT}, {@code
 * decimal(10, 2)}, {@code arrayOf(STRING)}. Types nest up to {@value TypeParser#MAX_DEPTH} deep.
 *
 * <p>Source: "Data types in Amazon Athena" (User Guide) and Hive's LanguageManual Types.
 */
public sealed interface DataType
    permits Primitive, DecimalType, VarcharType, CharType, ArrayType, MapType, StructType {

  // No default methods here: they would make Primitive wait for these constants, which wait for it.

  /** True or false. */
  DataType BOOLEAN = Primitive.BOOLEAN;

  /** A whole number of 8 bits. */
  DataType TINYINT = Primitive.TINYINT;

  /** A whole number of 16 bits. */
  DataType SMALLINT = Primitive.SMALLINT;

  /** A whole number of 32 bits; SQL statements call it {@code integer}. */
  DataType INT = Primitive.INT;

  /** A whole number of 64 bits. */
  DataType BIGINT = Primitive.BIGINT;

  /** An IEEE 754 number of 32 bits; SQL statements call it {@code real}. */
  DataType FLOAT = Primitive.FLOAT;

  /** An IEEE 754 number of 64 bits. */
  DataType DOUBLE = Primitive.DOUBLE;

  /** Text of any length. */
  DataType STRING = Primitive.STRING;

  /** Bytes. */
  DataType BINARY = Primitive.BINARY;

  /** A calendar date without time of day. */
  DataType DATE = Primitive.DATE;

  /**
   * A date and time of day, in milliseconds and without time zone, as in Athena's Hive tables.
   * Instants are kept as UTC.
   */
  DataType TIMESTAMP = Primitive.TIMESTAMP;

  /**
   * An exact decimal number.
   *
   * @param precision all digits, 1 to 38
   * @param scale those after the point, 0 to {@code precision}
   * @throws io.lakesdk.error.InvalidDefinitionException when out of range
   */
  static DataType decimal(int precision, int scale) {
    return new DecimalType(precision, scale);
  }

  /**
   * Text of at most so many characters.
   *
   * @param length 1 to 65,535
   * @throws io.lakesdk.error.InvalidDefinitionException when out of range
   */
  static DataType varchar(int length) {
    return new VarcharType(length);
  }

  /**
   * Text of exactly so many characters, padded with spaces.
   *
   * @param length 1 to 255
   * @throws io.lakesdk.error.InvalidDefinitionException when out of range
   */
  static DataType charOf(int length) {
    return new CharType(length);
  }

  /** A list of values of one type. */
  static DataType arrayOf(DataType element) {
    return new ArrayType(element);
  }

  /**
   * Keys and values.
   *
   * @throws io.lakesdk.error.InvalidDefinitionException when the key is an array, map or struct
   */
  static DataType mapOf(DataType key, DataType value) {
    return new MapType(key, value);
  }

  /** Starts a struct: {@code struct().field("street", STRING).field("floor", INT).build()}. */
  static StructType.Builder struct() {
    return new StructType.Builder();
  }

  /**
   * Reads Hive's notation, such as {@code array<struct<a:int,b:decimal(10,2)>>}. Case does not
   * matter and spaces may stand between the parts. {@code integer} is read as {@code int}, {@code
   * decimal} alone as {@code decimal(10,0)}. A field name with other than letters, digits, {@code
   * _}, {@code .} and {@code $} is written in backticks, a backtick in it twice. {@code
   * parse(type.toString())} equals {@code type}.
   *
   * @throws io.lakesdk.error.InvalidDefinitionException naming the position, counted from 1, and
   *     the type to use where another system's name was given
   */
  static DataType parse(String text) {
    return new TypeParser(text).parse();
  }
}
