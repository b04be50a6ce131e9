package io.lakesdk.query.files.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lakesdk.error.BadDataException;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.query.files.FileColumns;
import io.lakesdk.query.files.TextValues;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of JSON as values of a type. A text is also made of objects and arrays, as JSON. */
final class JsonValues {

  private static final JsonFactory JSON = new JsonFactory();

  private final FileColumns names;

  JsonValues(FileColumns names) {
    this.names = names;
  }

  /**
   * The value at which a parser stands; it stands at the value's end afterwards.
   *
   * @param where the column, and the path inside of it
   * @throws ArithmeticException if a scalar is no value of the type
   * @throws BadDataException if it is an object, an array or a scalar where the type is another
   */
  @Nullable Object read(JsonParser in, DataType type, String where) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type instanceof ArrayType array && token == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        list.add(read(in, array.element(), where));
      }
      return list;
    }
    if (type instanceof MapType map && token == JsonToken.START_OBJECT) {
      return map(in, map, where);
    }
    if (type instanceof StructType struct && token == JsonToken.START_OBJECT) {
      return struct(in, struct, where);
    }
    boolean nested =
        type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    if (token.isScalarValue() && !nested) {
      return scalar(in.getText(), type);
    }
    if (Texts.isText(type)) {
      return text(in);
    }
    String there = token == JsonToken.START_OBJECT ? "an object" : "an array";
    throw names.mismatch(where, token.isScalarValue() ? "a scalar" : there, type);
  }

  private static Object scalar(String text, DataType type) {
    if (Texts.isText(type)) {
      return text;
    }
    Object value = TextValues.parse(text, type);
    if (value == null) {
      throw new ArithmeticException("no value of the type");
    }
    return value;
  }

  private Map<Object, @Nullable Object> map(JsonParser in, MapType map, String where)
      throws IOException {
    Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Object key = scalar(in.currentName(), map.key());
      in.nextToken();
      entries.put(key, read(in, map.value(), where));
    }
    return entries;
  }

  private Map<String, @Nullable Object> struct(JsonParser in, StructType struct, String where)
      throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      boolean known = false;
      for (StructType.Field field : struct.fields()) {
        if (field.name().equalsIgnoreCase(name)) {
          fields.put(field.name(), read(in, field.type(), where + "." + field.name()));
          known = true;
          break;
        }
      }
      if (!known) {
        in.skipChildren();
      }
    }
    return fields;
  }

  /** The JSON of a value, without blanks. */
  static String text(JsonParser in) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.copyCurrentStructureExact(in);
    }
    return text.toString();
  }
}
