package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.Column;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro object container files whose columns may all be null. Types are those that Hive
 * writes: tinyint and smallint as int, decimals as bytes, timestamps in milliseconds. Source: "Avro
 * SerDe" of Hive's manual.
 */
final class AvroWriter implements RowWriter {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Dataset dataset;
  private final List<Column> columns;
  private final Schema schema;
  private final DataFileWriter<GenericRecord> file;
  private int records;

  private static CodecFactory codec(Format.Compression compression) {
    return switch (compression) {
      case DEFLATE -> CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
      case SNAPPY -> CodecFactory.snappyCodec();
      case ZSTD -> CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL);
      case BZIP2 -> CodecFactory.bzip2Codec();
      case NONE -> CodecFactory.nullCodec();
      case GZIP, LZ4, ZLIB -> throw new IllegalArgumentException("Avro is not so compressed");
    };
  }

  AvroWriter(Dataset dataset, Path path) throws IOException {
    this.dataset = dataset;
    this.columns = dataset.schema().columns();
    List<Schema.Field> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(field(column.name(), column.name(), column.type()));
    }
    this.schema = Schema.createRecord("row", null, null, false, fields);
    this.file = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
    file.setCodec(codec(dataset.format().compression()));
    file.create(schema, path.toFile());
  }

  private InvalidDefinitionException refuse(String where, String reason) {
    return new InvalidDefinitionException(
        "write", Subject.dataset(dataset.id()), "its column " + where + " " + reason);
  }

  private Schema.Field field(String name, String where, DataType type) {
    if (!NAME.matcher(name).matches()) {
      throw refuse(
          where,
          "has a name that Avro cannot have, of other characters than letters, digits and _ ;"
              + " rename it");
    }
    Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), of(where, type));
    return new Schema.Field(name, nullable, null, Schema.Field.NULL_DEFAULT_VALUE);
  }

  private Schema nullable(String where, DataType type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), of(where, type));
  }

  private Schema of(String where, DataType type) {
    if (type instanceof DecimalType decimal) {
      return LogicalTypes.decimal(decimal.precision(), decimal.scale())
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    if (type instanceof ArrayType array) {
      return Schema.createArray(nullable(where, array.element()));
    }
    if (type instanceof MapType map) {
      if (!Texts.isText(map.key())) {
        throw refuse(where, "is " + type + ", and maps in Avro have keys of text");
      }
      return Schema.createMap(nullable(where, map.value()));
    }
    if (type instanceof StructType struct) {
      String name = "record" + records++;
      List<Schema.Field> fields = new ArrayList<>();
      for (StructType.Field field : struct.fields()) {
        fields.add(field(field.name(), AvroFormat.inside(where, field), field.type()));
      }
      return Schema.createRecord(name, null, null, false, fields);
    }
    return type instanceof Primitive primitive
        ? primitive(primitive)
        : Schema.create(Schema.Type.STRING);
  }

  private static Schema primitive(Primitive type) {
    return switch (type) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case TINYINT, SMALLINT, INT -> Schema.create(Schema.Type.INT);
      case BIGINT -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BINARY -> Schema.create(Schema.Type.BYTES);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    };
  }

  @Override
  public void add(@Nullable Object[] row) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < row.length; i++) {
      record.put(i, value(row[i], schema.getFields().get(i).schema()));
    }
    file.append(record);
  }

  /** A value as Avro has it, of a union of null and its type. */
  private static @Nullable Object value(@Nullable Object value, Schema nullable) {
    Schema type = nullable.getTypes().get(1);
    if (value instanceof Byte || value instanceof Short) {
      return ((Number) value).intValue();
    } else if (value instanceof BigDecimal number) {
      return ByteBuffer.wrap(number.unscaledValue().toByteArray());
    } else if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    } else if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      for (Object one : list) {
        elements.add(value(one, type.getElementType()));
      }
      return elements;
    } else if (value instanceof Map<?, ?> map) {
      return type.getType() == Schema.Type.MAP ? map(map, type) : struct(map, type);
    }
    return value;
  }

  private static Object map(Map<?, ?> map, Schema type) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map.forEach((key, one) -> entries.put(String.valueOf(key), value(one, type.getValueType())));
    return entries;
  }

  private static Object struct(Map<?, ?> struct, Schema type) {
    GenericRecord record = new GenericData.Record(type);
    int place = 0;
    for (Object one : struct.values()) {
      record.put(place, value(one, type.getFields().get(place).schema()));
      place++;
    }
    return record;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
