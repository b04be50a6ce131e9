package io.lakesdk.query.files;

import io.lakesdk.Dataset;
import io.lakesdk.error.BadDataException;
import io.lakesdk.error.Subject;
import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.MultiValuedColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/** Writes ORC files with Apache ORC. */
final class OrcWriter implements RowWriter {

  private final Dataset dataset;
  private final Writer file;
  private final VectorizedRowBatch batch;

  OrcWriter(Dataset dataset, java.nio.file.Path path) throws IOException {
    this.dataset = dataset;
    TypeDescription schema = TypeDescription.createStruct();
    dataset
        .schema()
        .columns()
        .forEach(column -> schema.addField(column.name(), type(column.type())));
    Configuration settings = new Configuration(false);
    this.file =
        OrcFile.createWriter(
            new Path("/file.orc"),
            OrcFile.writerOptions(settings)
                .fileSystem(new OrcFiles(path, settings))
                .setSchema(schema)
                .compress(CompressionKind.valueOf(dataset.format().compression().name()))
                .useUTCTimestamp(true)
                .setProlepticGregorian(true));
    this.batch = schema.createRowBatch();
    for (ColumnVector vector : batch.cols) {
      useDatesOfIso(vector);
    }
  }

  /** Dates before 1582 are those of Java's time and of SQL. */
  private static void useDatesOfIso(ColumnVector vector) {
    if (vector instanceof DateColumnVector dates) {
      dates.changeCalendar(true, false);
    } else if (vector instanceof TimestampColumnVector times) {
      times.setIsUTC(true);
      times.changeCalendar(true, false);
    } else if (vector instanceof ListColumnVector list) {
      useDatesOfIso(list.child);
    } else if (vector instanceof MapColumnVector map) {
      useDatesOfIso(map.keys);
      useDatesOfIso(map.values);
    } else if (vector instanceof StructColumnVector struct) {
      for (ColumnVector field : struct.fields) {
        useDatesOfIso(field);
      }
    }
  }

  private static TypeDescription type(DataType type) {
    if (type instanceof DecimalType decimal) {
      // Precision before scale: each is checked against the other.
      return TypeDescription.createDecimal()
          .withScale(0)
          .withPrecision(decimal.precision())
          .withScale(decimal.scale());
    } else if (type instanceof VarcharType varchar) {
      return TypeDescription.createVarchar().withMaxLength(varchar.length());
    } else if (type instanceof CharType fixed) {
      return TypeDescription.createChar().withMaxLength(fixed.length());
    } else if (type instanceof ArrayType array) {
      return TypeDescription.createList(type(array.element()));
    } else if (type instanceof MapType map) {
      return TypeDescription.createMap(type(map.key()), type(map.value()));
    } else if (type instanceof StructType struct) {
      TypeDescription fields = TypeDescription.createStruct();
      struct.fields().forEach(field -> fields.addField(field.name(), type(field.type())));
      return fields;
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> TypeDescription.createBoolean();
      case TINYINT -> TypeDescription.createByte();
      case SMALLINT -> TypeDescription.createShort();
      case INT -> TypeDescription.createInt();
      case BIGINT -> TypeDescription.createLong();
      case FLOAT -> TypeDescription.createFloat();
      case DOUBLE -> TypeDescription.createDouble();
      case STRING -> TypeDescription.createString();
      case BINARY -> TypeDescription.createBinary();
      case DATE -> TypeDescription.createDate();
      case TIMESTAMP -> TypeDescription.createTimestamp();
    };
  }

  @Override
  public void add(@Nullable Object[] row) throws IOException {
    for (int i = 0; i < row.length; i++) {
      try {
        put(batch.cols[i], batch.size, row[i]);
      } catch (ArithmeticException e) {
        throw new BadDataException(
            "write",
            Subject.dataset(dataset.id()),
            "a timestamp of column "
                + dataset.schema().names().get(i)
                + " is in the last second before 1970, which readers of ORC take for one of 1970;"
                + " write it to Parquet");
      }
    }
    batch.size++;
    if (batch.size == batch.getMaxSize()) {
      flush();
    }
  }

  private void flush() throws IOException {
    file.addRowBatch(batch);
    batch.reset();
  }

  private static void put(ColumnVector vector, int row, @Nullable Object value) {
    vector.isNull[row] = value == null;
    if (value == null) {
      vector.noNulls = false;
    } else if (value instanceof Boolean truth) {
      ((LongColumnVector) vector).vector[row] = truth ? 1 : 0;
    } else if (value instanceof LocalDate date) {
      ((LongColumnVector) vector).vector[row] = date.toEpochDay();
    } else if (value instanceof BigDecimal number) {
      ((DecimalColumnVector) vector).set(row, HiveDecimal.create(number));
    } else if (value instanceof Number number && vector instanceof LongColumnVector whole) {
      whole.vector[row] = number.longValue();
    } else if (value instanceof Number number) {
      ((DoubleColumnVector) vector).vector[row] = number.doubleValue();
    } else if (value instanceof LocalDateTime time) {
      TimestampColumnVector times = (TimestampColumnVector) vector;
      times.time[row] = millis(time);
      times.nanos[row] = time.get(ChronoField.NANO_OF_SECOND);
    } else if (vector instanceof BytesColumnVector texts) {
      byte[] bytes =
          value instanceof byte[] binary
              ? binary
              : value.toString().getBytes(StandardCharsets.UTF_8);
      texts.setRef(row, bytes, 0, bytes.length);
    } else {
      putNested(vector, row, value);
    }
  }

  /** ORC has seconds without the sign of zero, and so loses what is between -1 and 0. */
  private static long millis(LocalDateTime time) {
    long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
    if (millis < 0 && millis > -1_000) {
      throw new ArithmeticException("range");
    }
    return millis;
  }

  private static void putNested(ColumnVector vector, int row, Object value) {
    if (vector instanceof ListColumnVector list) {
      List<?> elements = (List<?>) value;
      int at = place(list, row, elements.size());
      list.child.ensureSize(list.childCount, true);
      for (Object element : elements) {
        put(list.child, at++, element);
      }
    } else if (vector instanceof MapColumnVector map) {
      Map<?, ?> entries = (Map<?, ?>) value;
      int at = place(map, row, entries.size());
      map.keys.ensureSize(map.childCount, true);
      map.values.ensureSize(map.childCount, true);
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        put(map.keys, at, entry.getKey());
        put(map.values, at++, entry.getValue());
      }
    } else {
      int field = 0;
      for (Object one : ((Map<?, ?>) value).values()) {
        put(((StructColumnVector) vector).fields[field++], row, one);
      }
    }
  }

  private static int place(MultiValuedColumnVector vector, int row, int size) {
    int at = vector.childCount;
    vector.offsets[row] = at;
    vector.lengths[row] = size;
    vector.childCount += size;
    return at;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (batch.size > 0) {
        flush();
      }
    }
  }
}
