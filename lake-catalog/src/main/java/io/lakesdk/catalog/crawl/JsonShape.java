package io.lakesdk.catalog.crawl;

import io.lakesdk.schema.DataType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON values of one column, field or element added up. */
final class JsonShape {

  private static final int MOST_FIELDS = 10_000;

  private final Profile scalars = new Profile();
  private final Map<String, JsonShape> fields = new LinkedHashMap<>();
  private final Map<String, String> exactNames = new LinkedHashMap<>();
  private @Nullable JsonShape element;
  private @Nullable Spot firstObject;
  private @Nullable Spot firstArray;
  private long objects;
  private long arrays;
  private long lastObject;

  Profile scalars() {
    return scalars;
  }

  Map<String, JsonShape> fields() {
    return fields;
  }

  long values() {
    return scalars.values() + objects + arrays;
  }

  void addObject(Spot spot) {
    objects++;
    firstObject = firstObject == null ? spot : firstObject;
  }

  JsonShape addArray(Spot spot) {
    arrays++;
    firstArray = firstArray == null ? spot : firstArray;
    element = element == null ? new JsonShape() : element;
    return element;
  }

  /**
   * The field of that name in the object with that number, each object having its own.
   *
   * @throws Unreadable if this object has it already, or another field's name differs only in case
   */
  JsonShape field(String given, long object, SourceFile file, long line) {
    JsonShape known = fields.get(given);
    if (known == null) {
      known = newField(given, file, line);
    }
    if (known.lastObject == object) {
      throw file.unreadable("line " + line + " has the field " + given + " twice in one object");
    }
    known.lastObject = object;
    return known;
  }

  private JsonShape newField(String given, SourceFile file, long line) {
    String name = Names.column(given, file);
    String other = exactNames.putIfAbsent(name, given);
    if (other != null) {
      throw file.unreadable(
          "line "
              + line
              + " has the field "
              + given
              + " and there is a field "
              + other
              + ", which are the same to Athena; rename one");
    }
    if (fields.size() == MOST_FIELDS) {
      throw file.unreadable(
          "line "
              + line
              + " brings more than 10,000 different fields to an object; values that are used as"
              + " names belong into an array of objects");
    }
    JsonShape field = new JsonShape();
    fields.put(given, field);
    return field;
  }

  private boolean isMixed() {
    return (scalars.values() > 0 ? 1 : 0) + (objects > 0 ? 1 : 0) + (arrays > 0 ? 1 : 0) > 1;
  }

  DataType type() {
    if (isMixed() || (objects > 0 && fields.isEmpty())) {
      return Primitive.STRING;
    }
    if (objects > 0) {
      StructType.Builder struct = DataType.struct();
      fields.forEach((name, shape) -> struct.field(name, shape.type()));
      return struct.build();
    }
    return arrays > 0 && element != null ? DataType.arrayOf(element.type()) : scalars.type();
  }

  String reason() {
    if (isMixed()) {
      return "values are not all of one sort: "
          + sort(scalars.values(), "texts, numbers or booleans", scalars.first().orElse(null))
          + sort(objects, "objects", firstObject)
          + sort(arrays, "arrays", firstArray)
          + "as text they fit together";
    }
    if (objects > 0) {
      return "all "
          + Profile.number(objects)
          + (fields.isEmpty()
              ? " values are empty objects, which have no fields to make a struct of"
              : " values are objects, of " + Profile.number(fields.size()) + " fields");
    }
    if (arrays > 0 && element != null) {
      return "all "
          + Profile.number(arrays)
          + " values are arrays; of the elements: "
          + element.reason();
    }
    return scalars.reason();
  }

  private static String sort(long count, String what, @Nullable Spot first) {
    return count == 0 || first == null
        ? ""
        : Profile.number(count) + " are " + what + " (the first at " + first + "), ";
  }
}
