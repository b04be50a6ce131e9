package io.lakesdk.catalog.crawl;

import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema of a Parquet file as columns. Lists and maps are recognised in all the shapes
 * that Parquet's LogicalTypes.md lists, old ones included; unsigned numbers get the next wider
 * type.
 */
final class ParquetTypes {

  private static final int DEEPEST = 50;

  private final List<SchemaElement> elements;
  private final SourceFile file;
  private int next;

  private ParquetTypes(List<SchemaElement> elements, SourceFile file) {
    this.elements = elements;
    this.file = file;
  }

  /** A column with its type, and how the file calls that. */
  record Field(String name, DataType type, String physical) {}

  /** An element of the schema with those below it. */
  private record Node(SchemaElement element, List<Node> children) {
    boolean isGroup() {
      return !element.isSetType();
    }

    boolean isRepeated() {
      return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }
  }

  static List<Field> of(List<SchemaElement> elements, SourceFile file) {
    ParquetTypes types = new ParquetTypes(elements, file);
    Node root = types.node(0);
    if (types.next != elements.size() || !root.isGroup()) {
      throw types.damaged();
    }
    List<Field> fields = new ArrayList<>();
    types
        .fields(root)
        .forEach((name, node) -> fields.add(new Field(name, types.type(node), physical(node))));
    return fields;
  }

  private Node node(int depth) {
    if (next >= elements.size() || depth > DEEPEST) {
      throw damaged();
    }
    SchemaElement element = elements.get(next++);
    List<Node> children = new ArrayList<>();
    int count = element.isSetNum_children() ? element.getNum_children() : 0;
    if (count < 0 || count > elements.size() - next || element.getName() == null) {
      throw damaged();
    }
    for (int i = 0; i < count; i++) {
      children.add(node(depth + 1));
    }
    return new Node(element, children);
  }

  private Unreadable damaged() {
    return file.damaged("its Parquet schema is damaged");
  }

  /** The fields of a group by their names as columns. */
  private Map<String, Node> fields(Node group) {
    Map<String, Node> fields = new java.util.LinkedHashMap<>();
    Map<String, String> given = new HashMap<>();
    for (Node child : group.children()) {
      String name = Names.column(name(child), file);
      String other = given.putIfAbsent(name, name(child));
      if (other != null) {
        throw file.unreadable(
            "it has the columns "
                + other
                + " and "
                + child.element().getName()
                + ", which are the same to Athena; rename one");
      }
      fields.put(name, child);
    }
    return fields;
  }

  private DataType type(Node node) {
    DataType single = node.isGroup() ? group(node) : primitive(node.element());
    return node.isRepeated() ? DataType.arrayOf(single) : single;
  }

  private DataType group(Node node) {
    LogicalType logical = node.element().getLogicalType();
    ConvertedType converted = node.element().getConverted_type();
    if ((logical != null && logical.isSetLIST()) || converted == ConvertedType.LIST) {
      return list(node);
    }
    if ((logical != null && logical.isSetMAP())
        || converted == ConvertedType.MAP
        || converted == ConvertedType.MAP_KEY_VALUE) {
      return map(node);
    }
    if (logical != null) {
      throw unsupported(node.element());
    }
    return struct(node);
  }

  private DataType struct(Node node) {
    if (node.children().isEmpty()) {
      throw file.unreadable(
          "its column " + node.element().getName() + " is a group without fields");
    }
    StructType.Builder struct = DataType.struct();
    fields(node).forEach((name, child) -> struct.field(name, type(child)));
    return struct.build();
  }

  /** A list is a group of one repeated field, which holds the element or, in old files, is it. */
  /** Its name; a damaged footer may lack it. */
  private static String name(Node node) {
    String name = node.element().getName();
    return name == null ? "" : name;
  }

  private DataType list(Node node) {
    Node repeated = only(node);
    boolean isElement =
        !repeated.isGroup()
            || repeated.children().size() != 1
            || name(repeated).equals("array")
            || name(repeated).equals(name(node) + "_tuple");
    if (!isElement) {
      return DataType.arrayOf(type(repeated.children().get(0)));
    }
    return DataType.arrayOf(repeated.isGroup() ? group(repeated) : primitive(repeated.element()));
  }

  private DataType map(Node node) {
    Node entry = only(node);
    if (entry.children().size() != 2) {
      throw damaged();
    }
    return DataType.mapOf(type(entry.children().get(0)), type(entry.children().get(1)));
  }

  private Node only(Node node) {
    if (node.children().size() != 1 || !node.children().get(0).isRepeated()) {
      throw damaged();
    }
    return node.children().get(0);
  }

  private DataType primitive(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSet()) {
      return logical(element, logical);
    }
    ConvertedType converted = element.getConverted_type();
    return converted != null ? converted(element, converted) : physical(element);
  }

  private DataType logical(SchemaElement element, LogicalType logical) {
    return switch (logical.getSetField()) {
      case STRING, ENUM, JSON -> Primitive.STRING;
      case BSON -> Primitive.BINARY;
      case DATE -> Primitive.DATE;
      case TIMESTAMP -> Primitive.TIMESTAMP;
      case INTEGER -> integer(logical.getINTEGER());
      case DECIMAL ->
          decimal(element, logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
      default -> throw unsupported(element);
    };
  }

  private static DataType integer(IntType type) {
    int bits = type.isIsSigned() ? type.getBitWidth() : type.getBitWidth() + 1;
    if (bits <= 8) {
      return Primitive.TINYINT;
    }
    if (bits <= 16) {
      return Primitive.SMALLINT;
    }
    if (bits <= 32) {
      return Primitive.INT;
    }
    return bits <= 64 ? Primitive.BIGINT : DataType.decimal(20, 0);
  }

  private DataType converted(SchemaElement element, ConvertedType converted) {
    return switch (converted) {
      case UTF8, ENUM, JSON -> Primitive.STRING;
      case BSON -> Primitive.BINARY;
      case DATE -> Primitive.DATE;
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> Primitive.TIMESTAMP;
      case INT_8 -> Primitive.TINYINT;
      case INT_16, UINT_8 -> Primitive.SMALLINT;
      case INT_32, UINT_16 -> Primitive.INT;
      case INT_64, UINT_32 -> Primitive.BIGINT;
      case UINT_64 -> DataType.decimal(20, 0);
      case DECIMAL -> decimal(element, element.getPrecision(), element.getScale());
      default -> throw unsupported(element);
    };
  }

  private DataType decimal(SchemaElement element, int precision, int scale) {
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      throw unsupported(element);
    }
    return DataType.decimal(precision, scale);
  }

  private DataType physical(SchemaElement element) {
    Type type = element.getType();
    if (type == null) {
      throw unsupported(element);
    }
    return switch (type) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case INT32 -> Primitive.INT;
      case INT64 -> Primitive.BIGINT;
      case INT96 -> Primitive.TIMESTAMP;
      case FLOAT -> Primitive.FLOAT;
      case DOUBLE -> Primitive.DOUBLE;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Primitive.BINARY;
    };
  }

  private Unreadable unsupported(SchemaElement element) {
    return file.unreadable(
        "its column "
            + element.getName()
            + " is of Parquet's type "
            + name(element)
            + ", which Athena has no type for");
  }

  private static String physical(Node node) {
    return node.isGroup() ? "a group" : name(node.element());
  }

  /** {@code INT64 (TIMESTAMP)}. */
  private static String name(SchemaElement element) {
    @Nullable Type type = element.getType();
    String physical = type == null ? "group" : type.toString();
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSet()) {
      return physical + " (" + logical.getSetField() + ")";
    }
    ConvertedType converted = element.getConverted_type();
    return converted == null ? physical : physical + " (" + converted + ")";
  }
}
