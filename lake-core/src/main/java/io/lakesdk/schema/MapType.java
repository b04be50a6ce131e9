package io.lakesdk.schema;

import java.util.Objects;

/**
 * {@code map<key,value>}: keys and values.
 *
 * @param key not an array, map or struct
 * @param value any type
 */
public record MapType(DataType key, DataType value) implements DataType {

  public MapType {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (key instanceof ArrayType || key instanceof MapType || key instanceof StructType) {
      throw TypeParser.undefined(
          "map<" + key + "," + value + ">",
          "the key must be a simple type such as string or int, not an array, map or struct");
    }
    TypeParser.checkDepth("map", value);
  }

  @Override
  public String toString() {
    return "map<" + key + "," + value + ">";
  }
}
