package io.lakesdk.schema;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code struct<name:type,...>}: named values of different types, in order.
 *
 * @param fields at least one; no two names differ only in case
 */
public record StructType(List<Field> fields) implements DataType {

  public StructType {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw TypeParser.undefined("struct<>", "it needs at least one field");
    }
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw TypeParser.undefined(
            "struct", "it has two fields named " + field.name() + " (case does not matter)");
      }
      TypeParser.checkDepth("struct", field.type());
    }
  }

  /** The field of that name, ignoring case. */
  public Optional<Field> field(String name) {
    String folded = ColumnNames.fold(name);
    return fields.stream().filter(field -> field.name().equals(folded)).findFirst();
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(",", "struct<", ">"));
  }

  /**
   * One field of a struct.
   *
   * @param name lower-cased here, under the rules for column names; see {@link Column}
   * @param type any type
   */
  public record Field(String name, DataType type) {

    public Field {
      Objects.requireNonNull(type, "type");
      name = ColumnNames.checked(name);
    }

    /** {@code name:type}, the name in backticks where it needs them. */
    @Override
    public String toString() {
      return TypeParser.quoted(name) + ":" + type;
    }
  }

  /** Collects the fields of a struct in order. */
  public static final class Builder {

    private final List<Field> fields = new ArrayList<>();

    Builder() {}

    /**
     * Adds a field at the end.
     *
     * @throws InvalidDefinitionException when the name cannot be a column name, or is taken
     */
    public Builder field(String name, DataType type) {
      Field field = new Field(name, type);
      if (fields.stream().anyMatch(known -> known.name().equals(field.name()))) {
        throw new InvalidDefinitionException(
            "add", Subject.of(Subject.Kind.COLUMN, field.name()), "the struct has it already");
      }
      fields.add(field);
      return this;
    }

    /**
     * The struct.
     *
     * @throws InvalidDefinitionException when it has no field
     */
    public StructType build() {
      return new StructType(fields);
    }
  }
}
