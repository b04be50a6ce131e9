package io.lakesdk.schema;

import java.util.Objects;

/**
 * {@code array<element>}: a list of values of one type.
 *
 * @param element the type of the values
 */
public record ArrayType(DataType element) implements DataType {

  public ArrayType {
    Objects.requireNonNull(element, "element");
    TypeParser.checkDepth("array", element);
  }

  @Override
  public String toString() {
    return "array<" + element + ">";
  }
}
