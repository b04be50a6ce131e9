package io.lakesdk.schema;

import io.lakesdk.error.BadDataException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Where in a record class a value stands, for messages.
 *
 * @param record the class that is mapped
 * @param path the component as in {@code Order.lines[].price}
 * @param column the column that the component belongs to
 */
record Place(Class<?> record, String path, String column) {

  static Place of(Class<?> record) {
    return new Place(record, record.getSimpleName(), "");
  }

  Place component(String name, String columnName) {
    return new Place(record, path + "." + name, column.isEmpty() ? columnName : column);
  }

  Place inside(String part) {
    return new Place(record, path + part, column);
  }

  /** The class cannot be mapped. */
  InvalidDefinitionException invalid(String reason) {
    return new InvalidDefinitionException("map", subject(), reason);
  }

  InvalidDefinitionException invalid(String reason, Throwable cause) {
    return new InvalidDefinitionException("map", subject(), reason, cause);
  }

  /** A value of the record does not fit its column. */
  BadDataException unwritable(String reason) {
    return new BadDataException("write", data(), "component " + path + " " + reason);
  }

  /** A value of the column does not fit the record. */
  BadDataException unreadable(String reason) {
    return new BadDataException("read", data(), "component " + path + " " + reason);
  }

  /** The user's own code in the record class refused. */
  BadDataException refused(String verb, String what, Throwable cause) {
    return new BadDataException(
        verb, data(), what + " of " + path + " threw " + cause.getClass().getName(), cause);
  }

  BadDataException misfit(Object value, @Nullable String javaType) {
    return unreadable(
        "is "
            + javaType
            + ", which a value of type "
            + value.getClass().getSimpleName()
            + " in the column does not fit exactly; change the component's type or CAST in the"
            + " query");
  }

  private Subject data() {
    return column.isEmpty() ? subject() : Subject.column(column);
  }

  private Subject subject() {
    return Subject.of(Subject.Kind.TYPE, record.getTypeName());
  }
}
