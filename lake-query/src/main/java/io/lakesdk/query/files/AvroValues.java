package io.lakesdk.query.files;

import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * How values of a schema in Avro are read as values of a type. Avro's names of logical types and
 * what stands for them are in the Apache Avro specification.
 */
interface AvroValues {

  Object read(Object raw);

  /** The value of a raw one that may be null. */
  default @Nullable Object readNullable(@Nullable Object raw) {
    return raw == null ? null : read(raw);
  }

  /**
   * How values that were written so are read as the type.
   *
   * @param where the column, and the path inside of it
   * @throws io.lakesdk.error.BadDataException if such values cannot be read as the type
   */
  static AvroValues of(FileColumns names, String where, Schema written, DataType type) {
    Schema schema = notNull(written).orElseThrow(() -> names.bad(union(where, written)));
    Optional<AvroValues> values =
        switch (schema.getType()) {
          case BOOLEAN -> of(type == Primitive.BOOLEAN, raw -> raw);
          case INT, LONG -> numbers(schema, type);
          case FLOAT -> floats(type);
          case DOUBLE -> of(type == Primitive.DOUBLE, raw -> raw);
          case STRING, ENUM -> of(Texts.isText(type), Object::toString);
          case BYTES, FIXED -> bytes(schema, type);
          case ARRAY -> list(names, where, schema, type);
          case MAP -> map(names, where, schema, type);
          case RECORD -> struct(names, where, schema, type);
          // A column that has only ever been null fits any type.
          case NULL -> Optional.of(raw -> raw);
          case UNION -> Optional.empty();
        };
    return values.orElseThrow(() -> names.mismatch(where, shown(schema), type));
  }

  private static String union(String where, Schema schema) {
    return "its column "
        + where
        + " is "
        + shown(schema)
        + ", and of unions only those of one type with null are read";
  }

  /** What a union with null is beside null; empty if it is of several types. */
  private static Optional<Schema> notNull(Schema schema) {
    if (!schema.isUnion()) {
      return Optional.of(schema);
    }
    List<Schema> types =
        schema.getTypes().stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
    if (types.isEmpty()) {
      return Optional.of(Schema.create(Schema.Type.NULL));
    }
    return types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
  }

  /** A schema as it is named in messages. */
  static String shown(Schema schema) {
    if (schema.isUnion()) {
      return schema.getTypes().stream().map(AvroValues::shown).toList().toString();
    }
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    return logical == null
        ? schema.getType().getName().toLowerCase(Locale.ROOT)
        : logical.getName();
  }

  private static Optional<AvroValues> of(boolean fits, AvroValues values) {
    return fits ? Optional.of(values) : Optional.empty();
  }

  private static Optional<AvroValues> numbers(Schema schema, DataType type) {
    boolean narrow = schema.getType() == Schema.Type.INT;
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return switch (logical.getName()) {
        case "date" ->
            of(type == Primitive.DATE, raw -> LocalDate.ofEpochDay(((Number) raw).longValue()));
        case "timestamp-millis", "local-timestamp-millis" -> moments(type, 1_000);
        case "timestamp-micros", "local-timestamp-micros" -> moments(type, 1_000_000);
        case "timestamp-nanos", "local-timestamp-nanos" -> moments(type, 1_000_000_000);
        default -> Optional.empty();
      };
    }
    if (type instanceof Primitive primitive && FileColumns.isWhole(type)) {
      // Avro has nothing below int, which is what tinyint and smallint are written as.
      return of(
          narrow || type == Primitive.BIGINT,
          raw -> FileColumns.whole(((Number) raw).longValue(), primitive));
    }
    if (type instanceof DecimalType decimal) {
      return of(
          FileColumns.fits(narrow ? 10 : 19, 0, decimal),
          raw -> FileColumns.scaled(BigDecimal.valueOf(((Number) raw).longValue()), decimal));
    }
    return of(narrow && type == Primitive.DOUBLE, raw -> ((Number) raw).doubleValue());
  }

  private static Optional<AvroValues> moments(DataType type, long units) {
    int nanos = (int) (1_000_000_000 / units);
    LongFunction<Object> moment =
        raw ->
            FileColumns.timestamp(
                Math.floorDiv(raw, units), (int) Math.floorMod(raw, units) * nanos);
    return of(type == Primitive.TIMESTAMP, raw -> moment.apply(((Number) raw).longValue()));
  }

  private static Optional<AvroValues> floats(DataType type) {
    return type == Primitive.DOUBLE
        ? Optional.of(raw -> ((Number) raw).doubleValue())
        : of(type == Primitive.FLOAT, raw -> raw);
  }

  private static Optional<AvroValues> bytes(Schema schema, DataType type) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal written) {
      return type instanceof DecimalType decimal
          ? of(
              FileColumns.fits(written.getPrecision(), written.getScale(), decimal),
              raw ->
                  FileColumns.scaled(
                      new BigDecimal(new BigInteger(content(raw)), written.getScale()), decimal))
          : Optional.empty();
    }
    return of(logical == null && type == Primitive.BINARY, AvroValues::content);
  }

  private static byte[] content(Object raw) {
    if (raw instanceof GenericFixed fixed) {
      return fixed.bytes().clone();
    }
    ByteBuffer bytes = ((ByteBuffer) raw).duplicate();
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return content;
  }

  private static Optional<AvroValues> list(
      FileColumns names, String where, Schema schema, DataType type) {
    if (!(type instanceof ArrayType array)) {
      return Optional.empty();
    }
    AvroValues element = of(names, where, schema.getElementType(), array.element());
    return Optional.of(
        raw -> {
          List<@Nullable Object> list = new ArrayList<>();
          for (Object one : (Collection<?>) raw) {
            list.add(element.readNullable(one));
          }
          return list;
        });
  }

  private static Optional<AvroValues> map(
      FileColumns names, String where, Schema schema, DataType type) {
    if (!(type instanceof MapType map) || !Texts.isText(map.key())) {
      return Optional.empty();
    }
    AvroValues value = of(names, where, schema.getValueType(), map.value());
    return Optional.of(
        raw -> {
          Map<String, @Nullable Object> read = new LinkedHashMap<>();
          ((Map<?, ?>) raw).forEach((k, v) -> read.put(k.toString(), value.readNullable(v)));
          return read;
        });
  }

  private static Optional<AvroValues> struct(
      FileColumns names, String where, Schema schema, DataType type) {
    if (!(type instanceof StructType struct)) {
      return Optional.empty();
    }
    Map<String, Integer> found = AvroFormat.fields(names, where, schema);
    Map<String, Integer> places = new LinkedHashMap<>();
    Map<String, AvroValues> values = new LinkedHashMap<>();
    for (StructType.Field field : struct.fields()) {
      Integer place = found.get(field.name());
      if (place != null) {
        places.put(field.name(), place);
        Schema there = schema.getFields().get(place).schema();
        values.put(field.name(), of(names, AvroFormat.inside(where, field), there, field.type()));
      }
    }
    return Optional.of(
        raw -> {
          Map<String, @Nullable Object> read = new LinkedHashMap<>();
          places.forEach(
              (name, place) -> {
                AvroValues value = values.get(name);
                if (value != null) {
                  read.put(name, value.readNullable(((IndexedRecord) raw).get(place)));
                }
              });
          return read;
        });
  }
}
