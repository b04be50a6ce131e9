package io.lakesdk.query.sql.type;

import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types of the catalog as types of SQL. */
public final class SqlTypes {

  private SqlTypes() {}

  /** What Athena makes of a column of this type. Timestamps have milliseconds. */
  public static SqlType of(DataType type) {
    if (type instanceof Primitive primitive) {
      return of(primitive);
    } else if (type instanceof DecimalType decimal) {
      return new SqlType.Decimal(decimal.precision(), decimal.scale());
    } else if (type instanceof VarcharType varchar) {
      return new SqlType.Varchar(Optional.of(varchar.length()));
    } else if (type instanceof CharType fixed) {
      return new SqlType.Char(fixed.length());
    } else if (type instanceof ArrayType array) {
      return new SqlType.Array(of(array.element()));
    } else if (type instanceof MapType map) {
      return new SqlType.MapOf(of(map.key()), of(map.value()));
    } else if (type instanceof StructType struct) {
      return new SqlType.Row(
          struct.fields().stream()
              .map(field -> new SqlType.Field(Optional.of(field.name()), of(field.type())))
              .toList());
    }
    throw new IllegalStateException("no type of SQL for " + type);
  }

  /** Whether a type has more than so many fields and elements, those of its parts included. */
  public static boolean isWide(SqlType type, int most) {
    return room(type, most) < 0;
  }

  /** What is left of the room for a type, negative if it does not fit. */
  private static int room(SqlType type, int most) {
    if (type instanceof SqlType.Array array) {
      return room(array.element(), most - 1);
    } else if (type instanceof SqlType.MapOf map) {
      int left = room(map.key(), most - 1);
      return left < 0 ? left : room(map.value(), left);
    } else if (type instanceof SqlType.Row row) {
      int left = most;
      for (int i = 0; i < row.fields().size() && left >= 0; i++) {
        left = room(row.fields().get(i).type(), left - 1);
      }
      return left;
    }
    return most;
  }

  private static SqlType of(Primitive type) {
    return switch (type) {
      case BOOLEAN -> SqlType.Simple.BOOLEAN;
      case TINYINT -> SqlType.Simple.TINYINT;
      case SMALLINT -> SqlType.Simple.SMALLINT;
      case INT -> SqlType.Simple.INTEGER;
      case BIGINT -> SqlType.Simple.BIGINT;
      case FLOAT -> SqlType.Simple.REAL;
      case DOUBLE -> SqlType.Simple.DOUBLE;
      case STRING -> new SqlType.Varchar(Optional.empty());
      case BINARY -> SqlType.Simple.VARBINARY;
      case DATE -> SqlType.Simple.DATE;
      case TIMESTAMP -> new SqlType.Timestamp(3);
    };
  }

  /**
   * The type of a column that holds such values as they are; empty if there is none. Of JSON, UUIDs
   * and NULL it is text.
   */
  public static Optional<DataType> dataType(SqlType type) {
    if (type instanceof SqlType.Simple simple) {
      return Optional.ofNullable(
          switch (simple) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INT;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.FLOAT;
            case DOUBLE -> DataType.DOUBLE;
            case VARBINARY -> DataType.BINARY;
            case DATE -> DataType.DATE;
            case JSON, UUID, UNKNOWN -> DataType.STRING;
            case INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH, IPADDRESS -> null;
          });
    }
    if (type instanceof SqlType.Decimal decimal) {
      return Optional.of(new DecimalType(decimal.precision(), decimal.scale()));
    }
    if (type instanceof SqlType.Varchar varchar) {
      return Optional.of(
          varchar
              .length()
              .filter(n -> n >= 1 && n <= 65_535)
              .<DataType>map(VarcharType::new)
              .orElse(DataType.STRING));
    }
    if (type instanceof SqlType.Char fixed) {
      return Optional.of(new CharType(fixed.length()));
    }
    if (type instanceof SqlType.Timestamp) {
      return Optional.of(DataType.TIMESTAMP);
    }
    return nested(type);
  }

  private static Optional<DataType> nested(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return dataType(array.element()).map(ArrayType::new);
    }
    if (type instanceof SqlType.MapOf map) {
      return dataType(map.key())
          .flatMap(key -> dataType(map.value()).map(value -> new MapType(key, value)));
    }
    if (!(type instanceof SqlType.Row row)) {
      return Optional.empty();
    }
    List<StructType.Field> fields = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      Optional<DataType> field = dataType(row.fields().get(i).type());
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new StructType.Field(row.duckName(i), field.get()));
    }
    return Optional.of(new StructType(fields));
  }
}
