package io.lakesdk.query.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lakesdk.query.duckdb.SqlText;
import io.lakesdk.query.sql.type.SqlTypes;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.StructType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays, maps and structs as JSON on their way to the engine, with every value kept exactly. */
final class NestedJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private NestedJson() {}

  static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }

  /**
   * The SQL that reads the JSON. DuckDB takes bytes from JSON as they are in the text, so they are
   * read as text, with {@code \xAA} for a byte, and cast.
   */
  static String read(DataType type, String sql) {
    String duck = SqlTypes.of(type).duckType();
    String structure = '"' + duck.replace("BLOB", "VARCHAR").replace("\"", "\\\"") + '"';
    String value = "from_json(" + sql + ", " + SqlText.literal(structure) + ")";
    return duck.contains("BLOB") ? "CAST(" + value + " AS " + duck + ")" : value;
  }

  static String write(Object value, DataType type) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value, DataType type)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (type instanceof StructType struct) {
      json.writeStartObject();
      for (StructType.Field field : struct.fields()) {
        json.writeFieldName(field.name());
        write(json, ((Map<?, ?>) value).get(field.name()), field.type());
      }
      json.writeEndObject();
    } else if (type instanceof MapType map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        json.writeFieldName(text(entry.getKey()));
        write(json, entry.getValue(), map.value());
      }
      json.writeEndObject();
    } else if (type instanceof ArrayType array) {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        write(json, element, array.element());
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else {
      json.writeString(text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length == 0 ? "" : "\\x" + HexFormat.ofDelimiter("\\x").formatHex(bytes);
    }
    if (value instanceof LocalDateTime time) {
      return TIMESTAMP.format(time);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
