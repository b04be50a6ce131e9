package io.lakesdk.query.files;

import io.lakesdk.query.duckdb.Texts;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.jspecify.annotations.Nullable;

/** How values in ORC's vectors are read as values of a type. */
interface OrcValues {

  /** A value that is not null. */
  Object read(ColumnVector vector, int row);

  /** The value of a row, of which a vector may have one for all. */
  default @Nullable Object readNullable(ColumnVector vector, int row) {
    int there = vector.isRepeating ? 0 : row;
    return vector.noNulls || !vector.isNull[there] ? read(vector, there) : null;
  }

  /**
   * How values that were written so are read as the type.
   *
   * @param where the column, and the path inside of it
   * @throws io.lakesdk.error.BadDataException if such values cannot be read as the type
   */
  static OrcValues of(FileColumns names, String where, TypeDescription written, DataType type) {
    Optional<OrcValues> values =
        switch (written.getCategory()) {
          case BOOLEAN -> of(type == Primitive.BOOLEAN, (v, row) -> number(v, row) != 0);
          case BYTE -> numbers(1, 3, type);
          case SHORT -> numbers(2, 5, type);
          case INT -> numbers(3, 10, type);
          case LONG -> numbers(4, 19, type);
          case FLOAT -> floats(type);
          case DOUBLE ->
              of(type == Primitive.DOUBLE, (v, row) -> ((DoubleColumnVector) v).vector[row]);
          case STRING, VARCHAR, CHAR ->
              of(Texts.isText(type), (v, row) -> new String(bytes(v, row), StandardCharsets.UTF_8));
          case BINARY -> of(type == Primitive.BINARY, OrcValues::bytes);
          case DATE -> of(type == Primitive.DATE, (v, row) -> LocalDate.ofEpochDay(number(v, row)));
          case TIMESTAMP, TIMESTAMP_INSTANT -> of(type == Primitive.TIMESTAMP, OrcValues::moment);
          case DECIMAL -> decimals(written, type);
          case LIST -> list(names, where, written, type);
          case MAP -> map(names, where, written, type);
          case STRUCT -> struct(names, where, written, type);
          default -> Optional.empty();
        };
    return values.orElseThrow(() -> names.mismatch(where, written.toString(), type));
  }

  private static Optional<OrcValues> of(boolean fits, OrcValues values) {
    return fits ? Optional.of(values) : Optional.empty();
  }

  private static long number(ColumnVector vector, int row) {
    return ((LongColumnVector) vector).vector[row];
  }

  private static Optional<OrcValues> numbers(int width, int digits, DataType type) {
    if (type instanceof Primitive primitive && FileColumns.isWhole(type)) {
      int room =
          switch (primitive) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INT -> 3;
            default -> 4;
          };
      return of(width <= room, (v, row) -> FileColumns.whole(number(v, row), primitive));
    }
    return type instanceof DecimalType decimal
        ? of(
            FileColumns.fits(digits, 0, decimal),
            (v, row) -> FileColumns.scaled(BigDecimal.valueOf(number(v, row)), decimal))
        : of(type == Primitive.DOUBLE && width < 4, (v, row) -> (double) number(v, row));
  }

  private static Optional<OrcValues> floats(DataType type) {
    return type == Primitive.FLOAT
        ? Optional.of((v, row) -> (float) ((DoubleColumnVector) v).vector[row])
        : of(type == Primitive.DOUBLE, (v, row) -> ((DoubleColumnVector) v).vector[row]);
  }

  private static byte[] bytes(ColumnVector vector, int row) {
    BytesColumnVector bytes = (BytesColumnVector) vector;
    int start = bytes.start[row];
    return Arrays.copyOfRange(bytes.vector[row], start, start + bytes.length[row]);
  }

  private static Object moment(ColumnVector vector, int row) {
    TimestampColumnVector times = (TimestampColumnVector) vector;
    return FileColumns.timestamp(Math.floorDiv(times.time[row], 1000L), times.nanos[row]);
  }

  private static Optional<OrcValues> decimals(TypeDescription written, DataType type) {
    return type instanceof DecimalType decimal
        ? of(
            FileColumns.fits(written.getPrecision(), written.getScale(), decimal),
            (v, row) ->
                FileColumns.scaled(
                    ((DecimalColumnVector) v).vector[row].getHiveDecimal().bigDecimalValue(),
                    decimal))
        : Optional.empty();
  }

  private static Optional<OrcValues> list(
      FileColumns names, String where, TypeDescription written, DataType type) {
    if (!(type instanceof ArrayType array)) {
      return Optional.empty();
    }
    OrcValues element = of(names, where, written.getChildren().get(0), array.element());
    return Optional.of(
        (v, row) -> {
          ListColumnVector lists = (ListColumnVector) v;
          List<@Nullable Object> list = new ArrayList<>();
          int start = (int) lists.offsets[row];
          for (int i = start; i < start + (int) lists.lengths[row]; i++) {
            list.add(element.readNullable(lists.child, i));
          }
          return list;
        });
  }

  private static Optional<OrcValues> map(
      FileColumns names, String where, TypeDescription written, DataType type) {
    if (!(type instanceof MapType map) || NestedJson.isNested(map.key())) {
      return Optional.empty();
    }
    OrcValues key = of(names, where, written.getChildren().get(0), map.key());
    OrcValues value = of(names, where, written.getChildren().get(1), map.value());
    return Optional.of(
        (v, row) -> {
          MapColumnVector maps = (MapColumnVector) v;
          Map<Object, @Nullable Object> read = new LinkedHashMap<>();
          int start = (int) maps.offsets[row];
          for (int i = start; i < start + (int) maps.lengths[row]; i++) {
            Object one = key.readNullable(maps.keys, i);
            if (one != null) {
              read.put(one, value.readNullable(maps.values, i));
            }
          }
          return read;
        });
  }

  private static Optional<OrcValues> struct(
      FileColumns names, String where, TypeDescription written, DataType type) {
    if (!(type instanceof StructType struct)) {
      return Optional.empty();
    }
    Map<String, Integer> found = names.places(written.getFieldNames(), where);
    Map<String, Integer> places = new LinkedHashMap<>();
    Map<String, OrcValues> values = new LinkedHashMap<>();
    for (StructType.Field field : struct.fields()) {
      Integer place = found.get(field.name());
      if (place != null) {
        places.put(field.name(), place);
        TypeDescription there = written.getChildren().get(place);
        values.put(field.name(), of(names, where + "." + field.name(), there, field.type()));
      }
    }
    return Optional.of(
        (v, row) -> {
          Map<String, @Nullable Object> read = new LinkedHashMap<>();
          values.forEach(
              (name, value) -> {
                Integer place = places.get(name);
                if (place != null) {
                  read.put(name, value.readNullable(((StructColumnVector) v).fields[place], row));
                }
              });
          return read;
        });
  }
}
