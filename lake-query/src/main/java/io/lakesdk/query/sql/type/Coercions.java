package io.lakesdk.query.sql.type;

import io.lakesdk.query.sql.type.SqlType.Array;
import io.lakesdk.query.sql.type.SqlType.Char;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.Field;
import io.lakesdk.query.sql.type.SqlType.MapOf;
import io.lakesdk.query.sql.type.SqlType.Row;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.lakesdk.query.sql.type.SqlType.Timestamp;
import io.lakesdk.query.sql.type.SqlType.TimestampWithTimeZone;
import io.lakesdk.query.sql.type.SqlType.Varchar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which types turn into which others without being told to, as Trino's type coercion has it. */
public final class Coercions {

  private static final List<SqlType> NUMBERS =
      List.of(
          Simple.TINYINT,
          Simple.SMALLINT,
          Simple.INTEGER,
          Simple.BIGINT,
          Simple.REAL,
          Simple.DOUBLE);

  private Coercions() {}

  /** Whether values of the one type may stand where the other is wanted. */
  public static boolean canCoerce(SqlType from, SqlType to) {
    return common(from, to).filter(type -> sameShape(type, to)).isPresent();
  }

  /** The type to which both turn, if there is one. */
  public static Optional<SqlType> common(SqlType left, SqlType right) {
    if (left.equals(right) || right == Simple.UNKNOWN) {
      return Optional.of(left);
    } else if (left == Simple.UNKNOWN) {
      return Optional.of(right);
    } else if (isNumeric(left) && isNumeric(right)) {
      return Optional.of(commonNumber(left, right));
    } else if (isText(left) && isText(right)) {
      return Optional.of(commonText(left, right));
    } else if (isTemporal(left) && isTemporal(right)) {
      return Optional.of(commonTemporal(left, right));
    } else if (left instanceof SqlType.Time one && right instanceof SqlType.Time other) {
      return Optional.of(one.precision() > other.precision() ? one : other);
    } else if (left instanceof Array one && right instanceof Array other) {
      return common(one.element(), other.element()).map(Array::new);
    } else if (left instanceof MapOf one && right instanceof MapOf other) {
      return common(one.key(), other.key())
          .flatMap(key -> common(one.value(), other.value()).map(value -> new MapOf(key, value)));
    } else if (left instanceof Row one && right instanceof Row other) {
      return commonRow(one, other);
    }
    return Optional.empty();
  }

  /** The type to which all turn, if there is one. */
  public static Optional<SqlType> common(List<SqlType> types) {
    Optional<SqlType> result = Optional.of(Simple.UNKNOWN);
    for (SqlType type : types) {
      result = result.flatMap(known -> common(known, type));
    }
    return result;
  }

  public static boolean isInteger(SqlType type) {
    return type == Simple.TINYINT
        || type == Simple.SMALLINT
        || type == Simple.INTEGER
        || type == Simple.BIGINT;
  }

  public static boolean isNumeric(SqlType type) {
    return NUMBERS.contains(type) || type instanceof Decimal;
  }

  public static boolean isText(SqlType type) {
    return type instanceof Varchar || type instanceof Char;
  }

  /** Whether the type is a date or a timestamp, with time zone or without. */
  public static boolean isTemporal(SqlType type) {
    return type == Simple.DATE
        || type instanceof Timestamp
        || type instanceof TimestampWithTimeZone;
  }

  /** Whether values are less or greater than others: not so of JSON, and of maps. */
  public static boolean isOrderable(SqlType type) {
    if (type instanceof Array array) {
      return isOrderable(array.element());
    } else if (type instanceof Row row) {
      return row.fields().stream().allMatch(field -> isOrderable(field.type()));
    }
    return !(type instanceof MapOf) && type != Simple.JSON;
  }

  /** An integer type as the decimal that holds all its values. */
  public static Decimal asDecimal(SqlType type) {
    if (type instanceof Decimal decimal) {
      return decimal;
    }
    return switch ((Simple) type) {
      case TINYINT -> new Decimal(3, 0);
      case SMALLINT -> new Decimal(5, 0);
      case INTEGER -> new Decimal(10, 0);
      case BIGINT -> new Decimal(19, 0);
      default -> throw new IllegalStateException(type + " is no exact number");
    };
  }

  private static boolean sameShape(SqlType common, SqlType wanted) {
    if (common instanceof Row one && wanted instanceof Row other) {
      for (int i = 0; i < one.fields().size(); i++) {
        if (!sameShape(one.fields().get(i).type(), other.fields().get(i).type())) {
          return false;
        }
      }
      return true;
    } else if (common instanceof Array one && wanted instanceof Array other) {
      return sameShape(one.element(), other.element());
    } else if (common instanceof MapOf one && wanted instanceof MapOf other) {
      return sameShape(one.key(), other.key()) && sameShape(one.value(), other.value());
    }
    return common.equals(wanted);
  }

  private static SqlType commonNumber(SqlType left, SqlType right) {
    if (left instanceof Decimal || right instanceof Decimal) {
      SqlType other = left instanceof Decimal ? right : left;
      if (other == Simple.REAL || other == Simple.DOUBLE) {
        return other;
      }
      Decimal one = asDecimal(left);
      Decimal two = asDecimal(right);
      int scale = Math.max(one.scale(), two.scale());
      int digits = Math.max(one.precision() - one.scale(), two.precision() - two.scale());
      return new Decimal(Math.min(Decimal.MAX_PRECISION, digits + scale), scale);
    }
    return NUMBERS.get(Math.max(NUMBERS.indexOf(left), NUMBERS.indexOf(right)));
  }

  private static SqlType commonText(SqlType left, SqlType right) {
    if (left instanceof Varchar one && right instanceof Varchar other) {
      return new Varchar(one.length().flatMap(n -> other.length().map(m -> Math.max(n, m))));
    }
    if (left instanceof Char one && right instanceof Char other) {
      return new Char(Math.max(one.length(), other.length()));
    }
    Char fixed = (Char) (left instanceof Char ? left : right);
    Varchar varying = (Varchar) (left instanceof Char ? right : left);
    return varying
        .length()
        .<SqlType>map(length -> new Char(Math.max(fixed.length(), length)))
        .orElse(varying);
  }

  private static SqlType commonTemporal(SqlType left, SqlType right) {
    int precision = Math.max(precision(left), precision(right));
    if (left instanceof TimestampWithTimeZone || right instanceof TimestampWithTimeZone) {
      String zone = zone(left);
      return new TimestampWithTimeZone(precision, zone.equals(zone(right)) ? zone : "");
    }
    return new Timestamp(precision);
  }

  private static String zone(SqlType type) {
    return type instanceof TimestampWithTimeZone timestamp ? timestamp.zone() : "UTC";
  }

  private static int precision(SqlType type) {
    if (type instanceof Timestamp timestamp) {
      return timestamp.precision();
    }
    return type instanceof TimestampWithTimeZone timestamp ? timestamp.precision() : 0;
  }

  private static Optional<SqlType> commonRow(Row one, Row other) {
    if (one.fields().size() != other.fields().size()) {
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < one.fields().size(); i++) {
      Field left = one.fields().get(i);
      Field right = other.fields().get(i);
      Optional<SqlType> type = common(left.type(), right.type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      boolean agree = left.name().equals(right.name());
      fields.add(new Field(agree ? left.name() : Optional.empty(), type.get()));
    }
    return Optional.of(new Row(fields));
  }
}
