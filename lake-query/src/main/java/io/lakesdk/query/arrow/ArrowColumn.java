package io.lakesdk.query.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.Rows.ResultColumn;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result as Arrow has it.
 *
 * @param field its name and type in Arrow
 * @param type its type in Athena
 */
record ArrowColumn(Field field, SqlType type) {

  private static final int DECIMAL_BITS = 128;
  private static final int MILLIS = 3;

  static ArrowColumn of(ResultColumn column) {
    SqlType type = type(column);
    return new ArrowColumn(field(column.name(), type, true), type);
  }

  private static SqlType type(ResultColumn column) {
    try {
      return switch (column.type()) {
        case "unknown" -> SqlType.Simple.UNKNOWN;
        // of the answers of SHOW, DESCRIBE and EXPLAIN
        case "string" -> new SqlType.Varchar(Optional.empty());
        default -> TypeNames.read(new SqlParser().createType(column.type()));
      };
    } catch (ParsingException | LakeException unknown) {
      throw new InvalidDefinitionException(
          "read",
          Subject.column(column.name()),
          "its type "
              + column.type()
              + " does not tell what is in it, which Arrow must know; CAST it in the statement, to JSON"
              + " for instance",
          unknown);
    }
  }

  private static Field field(String name, SqlType type, boolean nullable) {
    return new Field(name, new FieldType(nullable, arrow(type), null), children(type));
  }

  private static List<Field> children(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return List.of(field(ListVector.DATA_VECTOR_NAME, array.element(), true));
    } else if (type instanceof SqlType.MapOf map) {
      Field key = field(MapVector.KEY_NAME, map.key(), false);
      Field value = field(MapVector.VALUE_NAME, map.value(), true);
      FieldType entry = new FieldType(false, ArrowType.Struct.INSTANCE, null);
      return List.of(new Field(MapVector.DATA_VECTOR_NAME, entry, List.of(key, value)));
    } else if (type instanceof SqlType.Row row) {
      Field[] fields = new Field[row.fields().size()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = field(row.duckName(i), row.fields().get(i).type(), true);
      }
      return List.of(fields);
    }
    return List.of();
  }

  private static ArrowType arrow(SqlType type) {
    if (type instanceof SqlType.Simple simple) {
      return arrow(simple);
    } else if (type instanceof SqlType.Decimal decimal) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), DECIMAL_BITS);
    } else if (type instanceof SqlType.Timestamp timestamp) {
      return new ArrowType.Timestamp(unit(timestamp.precision()), null);
    } else if (type instanceof SqlType.TimestampWithTimeZone timestamp) {
      return new ArrowType.Timestamp(unit(timestamp.precision()), "UTC");
    } else if (type instanceof SqlType.Time) {
      return new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
    } else if (type instanceof SqlType.Array) {
      return ArrowType.List.INSTANCE;
    } else if (type instanceof SqlType.MapOf) {
      return new ArrowType.Map(false);
    } else if (type instanceof SqlType.Row) {
      return ArrowType.Struct.INSTANCE;
    }
    return ArrowType.Utf8.INSTANCE;
  }

  private static ArrowType arrow(SqlType.Simple type) {
    return switch (type) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case TINYINT -> new ArrowType.Int(Byte.SIZE, true);
      case SMALLINT -> new ArrowType.Int(Short.SIZE, true);
      case INTEGER -> new ArrowType.Int(Integer.SIZE, true);
      case BIGINT -> new ArrowType.Int(Long.SIZE, true);
      case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case VARBINARY -> ArrowType.Binary.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case JSON, UUID, IPADDRESS -> ArrowType.Utf8.INSTANCE;
      case INTERVAL_DAY_TO_SECOND -> new ArrowType.Duration(TimeUnit.MILLISECOND);
      case INTERVAL_YEAR_TO_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
      case UNKNOWN -> ArrowType.Null.INSTANCE;
    };
  }

  private static TimeUnit unit(int precision) {
    return precision <= MILLIS ? TimeUnit.MILLISECOND : TimeUnit.MICROSECOND;
  }

  /** Puts a value that {@code Rows} gave into a row of a vector of this column. */
  void set(FieldVector vector, int row, @Nullable Object value) {
    set(vector, row, value, type);
  }

  private static void set(FieldVector vector, int row, @Nullable Object value, SqlType type) {
    if (value == null) {
      vector.setNull(row);
    } else if (type instanceof SqlType.Array array) {
      list((ListVector) vector, row, (List<?>) value, array.element());
    } else if (type instanceof SqlType.MapOf map) {
      map((MapVector) vector, row, (Map<?, ?>) value, map);
    } else if (type instanceof SqlType.Row fields) {
      struct((StructVector) vector, row, (Map<?, ?>) value, fields);
    } else {
      scalar(vector, row, value, type);
    }
  }

  private static void list(ListVector vector, int row, List<?> values, SqlType element) {
    int at = vector.startNewValue(row);
    for (Object one : values) {
      set(vector.getDataVector(), at++, one, element);
    }
    vector.endValue(row, values.size());
  }

  private static void map(MapVector vector, int row, Map<?, ?> values, SqlType.MapOf type) {
    int at = vector.startNewValue(row);
    StructVector entries = (StructVector) vector.getDataVector();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      entries.setIndexDefined(at);
      set((FieldVector) entries.getChildByOrdinal(0), at, entry.getKey(), type.key());
      set((FieldVector) entries.getChildByOrdinal(1), at, entry.getValue(), type.value());
      at++;
    }
    vector.endValue(row, values.size());
  }

  private static void struct(StructVector vector, int row, Map<?, ?> values, SqlType.Row type) {
    vector.setIndexDefined(row);
    Iterator<?> fields = values.values().iterator();
    for (int i = 0; i < type.fields().size(); i++) {
      FieldVector child = (FieldVector) vector.getChildByOrdinal(i);
      set(child, row, fields.next(), type.fields().get(i).type());
    }
  }

  private static void scalar(FieldVector vector, int row, Object value, SqlType type) {
    if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(UTF_8));
    } else if (vector instanceof TimeStampVector times) {
      times.setSafe(row, sinceEpoch(value, type));
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector bytes) {
      bytes.setSafe(row, (Byte) value);
    } else if (vector instanceof SmallIntVector shorts) {
      shorts.setSafe(row, (Short) value);
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (Integer) value);
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, (Long) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, (Float) value);
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof VarBinaryVector blobs) {
      blobs.setSafe(row, (byte[]) value);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(row, ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, (LocalTime) value));
    } else if (vector instanceof DurationVector durations) {
      durations.setSafe(row, ((Duration) value).toMillis());
    } else if (vector instanceof IntervalYearVector months) {
      months.setSafe(row, Math.toIntExact(((Period) value).toTotalMonths()));
    } else {
      throw new IllegalStateException("A vector of " + vector.getField() + " for " + type);
    }
  }

  private static long sinceEpoch(Object value, SqlType type) {
    int precision =
        type instanceof SqlType.Timestamp timestamp
            ? timestamp.precision()
            : ((SqlType.TimestampWithTimeZone) type).precision();
    Instant instant =
        value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
    return precision <= MILLIS
        ? instant.toEpochMilli()
        : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
