package io.lakesdk.query.sql.type;

import io.lakesdk.schema.ArrayType;
import io.lakesdk.schema.CharType;
import io.lakesdk.schema.DataType;
import io.lakesdk.schema.DecimalType;
import io.lakesdk.schema.MapType;
import io.lakesdk.schema.Primitive;
import io.lakesdk.schema.StructType;
import io.lakesdk.schema.VarcharType;
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
}
