package io.lakesdk.catalog.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A column that has pages: a primitive field of a file's schema.
 *
 * @param path the names from the top of the schema to it
 * @param type its physical type
 * @param width how many bytes one value has, encoded plainly; 0 if that varies or is less than one
 * @param definitions the highest definition level, 0 if it is never null
 * @param repetitions the highest repetition level, 0 if each row has one value
 */
record Leaf(List<String> path, Type type, int width, int definitions, int repetitions) {

  private static final int DEEPEST = 100;
  private static final int LONGEST_SHOWN = 200;

  /** As messages name it. */
  String name() {
    return shown(String.join(".", path));
  }

  /** A name that may be damaged, too. */
  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
  }

  /** All of a schema, in its order. */
  static List<Leaf> of(List<SchemaElement> schema) throws ParquetDamage {
    Reading reading = new Reading(schema);
    if (schema.isEmpty() || schema.get(0).isSetType()) {
      throw damaged();
    }
    reading.group(schema.get(0), List.of(), 0, 0);
    if (reading.next != schema.size()) {
      throw damaged();
    }
    return reading.leaves;
  }

  private static ParquetDamage damaged() {
    return new ParquetDamage("its Parquet schema is damaged");
  }

  /** The schema lists its fields depth first. */
  private static final class Reading {

    private final List<SchemaElement> schema;
    private final List<Leaf> leaves = new ArrayList<>();
    private int next = 1;

    Reading(List<SchemaElement> schema) {
      this.schema = schema;
    }

    void group(SchemaElement group, List<String> path, int definitions, int repetitions)
        throws ParquetDamage {
      int children = group.isSetNum_children() ? group.getNum_children() : 0;
      if (children < 0 || path.size() > DEEPEST) {
        throw damaged();
      }
      for (int i = 0; i < children; i++) {
        if (next >= schema.size()) {
          throw damaged();
        }
        field(schema.get(next++), path, definitions, repetitions);
      }
    }

    private void field(SchemaElement element, List<String> above, int definitions, int repetitions)
        throws ParquetDamage {
      FieldRepetitionType repetition = element.getRepetition_type();
      if (repetition == null || element.getName() == null || element.getType_length() < 0) {
        throw damaged();
      }
      if (!Annotation.isSound(element)) {
        throw new ParquetDamage(
            "its schema annotates the field "
                + shown(element.getName())
                + " with what contradicts itself");
      }
      List<String> path = new ArrayList<>(above);
      path.add(element.getName());
      int defined = definitions + (repetition == FieldRepetitionType.REQUIRED ? 0 : 1);
      int repeated = repetitions + (repetition == FieldRepetitionType.REPEATED ? 1 : 0);
      Type type = element.getType();
      if (type == null) {
        group(element, path, defined, repeated);
        return;
      }
      if (element.isSetNum_children() && element.getNum_children() > 0) {
        throw damaged();
      }
      leaves.add(new Leaf(List.copyOf(path), type, width(type, element), defined, repeated));
    }

    private static int width(Type type, SchemaElement element) throws ParquetDamage {
      if (type == Type.FIXED_LEN_BYTE_ARRAY && !element.isSetType_length()) {
        throw damaged();
      }
      return switch (type) {
        case INT32, FLOAT -> Integer.BYTES;
        case INT64, DOUBLE -> Long.BYTES;
        case INT96 -> Integer.BYTES + Long.BYTES;
        case FIXED_LEN_BYTE_ARRAY -> element.getType_length();
        case BOOLEAN, BYTE_ARRAY -> 0;
      };
    }
  }
}
