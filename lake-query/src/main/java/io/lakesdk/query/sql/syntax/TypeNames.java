package io.lakesdk.query.sql.syntax;

import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IntervalDayTimeDataType;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NumericParameter;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.TypeParameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that a statement names. */
public final class TypeNames {

  private static final int MOST_CHARACTERS = 65_536;

  private TypeNames() {}

  public static SqlType read(DataType type) {
    return read(type, type);
  }

  /**
   * A type.
   *
   * @param place that messages tell
   */
  public static SqlType read(DataType type, Node place) {
    if (type instanceof GenericDataType generic) {
      return generic(generic, place);
    } else if (type instanceof RowDataType row) {
      return new SqlType.Row(
          row.getFields().stream()
              .map(
                  field ->
                      new SqlType.Field(
                          field.getName().map(TypeNames::fieldName), read(field.getType(), place)))
              .toList());
    } else if (type instanceof DateTimeDataType time
        && (time.getType() == DateTimeDataType.Type.TIMESTAMP || !time.isWithTimeZone())) {
      int precision = time.getPrecision().map(TypeNames::number).orElse(3);
      if (precision > 6) {
        throw Refusal.unsupported(type, type + " (more than 6 digits of a second)");
      }
      if (time.getType() == DateTimeDataType.Type.TIME) {
        return new SqlType.Time(precision);
      }
      return time.isWithTimeZone()
          ? new SqlType.TimestampWithTimeZone(precision)
          : new SqlType.Timestamp(precision);
    }
    if (type instanceof IntervalDayTimeDataType interval) {
      boolean months =
          interval.getFrom() == IntervalDayTimeDataType.Field.YEAR
              && interval.getTo() == IntervalDayTimeDataType.Field.MONTH;
      boolean days =
          interval.getFrom() == IntervalDayTimeDataType.Field.DAY
              && interval.getTo() == IntervalDayTimeDataType.Field.SECOND;
      if (months || days) {
        return months ? Simple.INTERVAL_YEAR_TO_MONTH : Simple.INTERVAL_DAY_TO_SECOND;
      }
    }
    throw Refusal.unsupported(type, "the type " + type);
  }

  public static String fieldName(Identifier name) {
    return name.isDelimited() ? name.getValue() : name.getValue().toLowerCase(Locale.ROOT);
  }

  /** A name that a statement gives to a column, as written. */
  public static String columnName(Identifier name) {
    return name.getValue();
  }

  private static SqlType generic(GenericDataType type, Node place) {
    String name = type.getName().getValue().toLowerCase(Locale.ROOT);
    List<DataTypeParameter> arguments = type.getArguments();
    int count = arguments.size();
    if (name.equals("varchar") && count <= 1) {
      return new SqlType.Varchar(
          count == 0 ? Optional.empty() : Optional.of(number(arguments.get(0))));
    } else if (name.equals("char")
        && count <= 1
        && (count == 0 || number(arguments.get(0)) <= MOST_CHARACTERS)) {
      return new SqlType.Char(count == 0 ? 1 : number(arguments.get(0)));
    } else if ((name.equals("decimal") || name.equals("numeric")) && count <= 2) {
      int precision = count == 0 ? 38 : number(arguments.get(0));
      int scale = count < 2 ? 0 : number(arguments.get(1));
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw Refusal.at(type, "Invalid type %s", type);
      }
      return new SqlType.Decimal(precision, scale);
    } else if (name.equals("array") && count == 1) {
      return new SqlType.Array(inner(arguments.get(0), place));
    } else if (name.equals("map") && count == 2) {
      return new SqlType.MapOf(inner(arguments.get(0), place), inner(arguments.get(1), place));
    } else if (count == 0) {
      Optional<SqlType> simple = simple(name);
      if (simple.isPresent()) {
        return simple.get();
      }
    }
    throw Refusal.at(place, "Unknown type: %s", type);
  }

  /** A type without parameters, by its name in lower case. */
  static Optional<SqlType> simple(String name) {
    return switch (name) {
      case "char" -> Optional.of(new SqlType.Char(1));
      case "int" -> Optional.of(Simple.INTEGER);
      case "double precision" -> Optional.of(Simple.DOUBLE);
      case "unknown" -> Optional.empty();
      default -> {
        for (Simple type : Simple.values()) {
          if (type.toString().equals(name)) {
            yield Optional.of(type);
          }
        }
        yield Optional.empty();
      }
    };
  }

  private static SqlType inner(DataTypeParameter parameter, Node place) {
    if (parameter instanceof TypeParameter type) {
      return read(type.getValue(), place);
    }
    throw Refusal.at(parameter, "a type is expected here");
  }

  private static int number(DataTypeParameter parameter) {
    if (parameter instanceof NumericParameter number) {
      try {
        int value = Integer.parseInt(number.getValue());
        if (value >= 0) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw Refusal.at(parameter, "Invalid type parameter: %s", number.getValue());
      }
    }
    throw Refusal.at(parameter, "Invalid type parameter: %s", parameter);
  }
}
