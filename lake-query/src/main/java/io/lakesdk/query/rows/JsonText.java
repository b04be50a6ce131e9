package io.lakesdk.query.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lakesdk.query.Rows.ResultColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects, each in one line. */
public final class JsonText {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final List<ResultColumn> columns;

  public JsonText(List<ResultColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A row; its columns in their order. */
  public String of(Map<String, @Nullable Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (ResultColumn column : columns) {
        json.writeFieldName(column.name());
        Object value = row.get(column.name());
        if (value != null && column.type().equals("json")) {
          json.writeRawValue(value.toString().replace('\n', ' ').replace('\r', ' '));
        } else {
          write(json, value);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number.toPlainString());
    } else if (value instanceof Number number && isFinite(number)) {
      json.writeNumber(number.toString());
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object one : list) {
        write(json, one);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(ResultText.of(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(ResultText.of(value));
    }
  }

  /** JSON has no other numbers. */
  private static boolean isFinite(Number number) {
    return Double.isFinite(number.doubleValue());
  }
}
