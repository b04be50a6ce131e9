package io.lakesdk.query.sql.render;

import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Array;
import io.lakesdk.query.sql.type.SqlType.Char;
import io.lakesdk.query.sql.type.SqlType.Decimal;
import io.lakesdk.query.sql.type.SqlType.MapOf;
import io.lakesdk.query.sql.type.SqlType.Row;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.lakesdk.query.sql.type.SqlType.Timestamp;
import io.lakesdk.query.sql.type.SqlType.TimestampWithTimeZone;
import io.lakesdk.query.sql.type.SqlType.Varchar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns values into other types, by themselves or as a CAST says, with Trino's results. */
public final class Casts {

  /** What is too large becomes infinite. */
  private static final Template DOUBLE_TO_REAL =
      Template.of(
          "CASE WHEN {0} >= 3.4028235677973366e38::DOUBLE AND NOT isnan({0}) THEN"
              + " CAST('Infinity' AS FLOAT) WHEN {0} <= -3.4028235677973366e38::DOUBLE THEN"
              + " CAST('-Infinity' AS FLOAT) ELSE CAST({0} AS FLOAT) END");

  /** What is too large becomes the largest, though of double it fails. */
  private static final Template REAL_TO_BIGINT =
      Template.of(
          "CASE WHEN isfinite({0}) AND {0} >= 9223372036854775807 THEN 9223372036854775807"
              + " WHEN isfinite({0}) AND {0} <= -9223372036854775808 THEN -9223372036854775808"
              + " ELSE CAST(round({0}) AS BIGINT) END");

  private Casts() {}

  /** The value as another type to which {@link Coercions#canCoerce} lets it turn. */
  public static Typed coerce(Typed value, SqlType type) {
    if (value.type().equals(type)) {
      return value;
    }
    if (value.type() instanceof Varchar && type instanceof Varchar) {
      return value.as(type);
    }
    if (value.type() instanceof Timestamp && type instanceof Timestamp) {
      return value.as(type);
    }
    if (value.type() instanceof SqlType.Time && type instanceof SqlType.Time) {
      return value.as(type);
    }
    if (value.type() == Simple.UNKNOWN) {
      return constantAs(value, Typed.of(Sql.cast(value.sql(), type), type, value));
    }
    Typed result =
        cast(value, type)
            .orElseThrow(
                () -> new IllegalStateException("no coercion of " + value.type() + " to " + type));
    return constantAs(value, result);
  }

  /** What {@code CAST(value AS type)} gives, or empty if there is no such cast. */
  public static Optional<Typed> cast(Typed value, SqlType type) {
    SqlType from = value.type();
    if (from.equals(type)) {
      return Optional.of(value);
    } else if (from == Simple.UNKNOWN) {
      return Optional.of(coerce(value, type));
    } else if (from == Simple.JSON) {
      return JsonCasts.fromJson(value, type);
    } else if (type == Simple.JSON) {
      return JsonCasts.toJson(value);
    } else if (type instanceof Varchar || type instanceof Char) {
      return TextCasts.toText(value, type);
    } else if (from instanceof Varchar || from instanceof Char) {
      return TextCasts.fromText(value, type);
    } else if (Coercions.isNumeric(from)) {
      return fromNumber(value, type);
    } else if (from == Simple.BOOLEAN && Coercions.isNumeric(type)) {
      return plain(value, type);
    } else if (from instanceof SqlType.Time) {
      return Times.cast(value, type);
    } else if (type instanceof SqlType.Time time) {
      return toTime(value, time);
    } else if (from == Simple.IPADDRESS || type == Simple.IPADDRESS) {
      return Addresses.cast(value, type);
    } else if (Coercions.isTemporal(from) && Coercions.isTemporal(type)) {
      return Optional.of(temporal(value, type));
    } else if (from == Simple.UUID && type == Simple.VARBINARY) {
      String hex = "replace(CAST(" + value.sql() + " AS VARCHAR), '-', '')";
      return Optional.of(Typed.of("unhex(" + hex + ")", type, value));
    } else if (from instanceof Array one && type instanceof Array other) {
      return nested(value, type, one.element(), other.element());
    } else if (from instanceof MapOf one && type instanceof MapOf other) {
      return map(value, one, other);
    } else if (from instanceof Row one && type instanceof Row other) {
      return row(value, one, other);
    }
    return Optional.empty();
  }

  private static Optional<Typed> toTime(Typed value, SqlType.Time type) {
    if (value.type() instanceof TimestampWithTimeZone) {
      return Optional.of(Times.of(Zones.clock(value), type));
    }
    return value.type() instanceof Timestamp
        ? Optional.of(Times.of(value, type))
        : Optional.empty();
  }

  private static Typed constantAs(Typed value, Typed result) {
    boolean simple = value.has(Typed.Trait.SIMPLE);
    Typed same =
        new Typed(
            result.sql(),
            result.type(),
            value.constant(),
            Optional.empty(),
            result.traits(),
            result.ungrouped(),
            result.filters(),
            result.narrow());
    return simple ? same.with(Typed.Trait.SIMPLE) : same;
  }

  private static Optional<Typed> plain(Typed value, SqlType type) {
    return Optional.of(Typed.of(Sql.cast(value.sql(), type), type, value));
  }

  private static Optional<Typed> fromNumber(Typed value, SqlType type) {
    boolean floating = value.type() == Simple.REAL || value.type() == Simple.DOUBLE;
    if (value.type() == Simple.REAL && type == Simple.BIGINT) {
      return Optional.of(REAL_TO_BIGINT.fill(List.of(value), type));
    }
    if (floating && Coercions.isInteger(type)) {
      return Optional.of(Typed.of(Sql.cast("round(" + value.sql() + ")", type), type, value));
    }
    if (floating && type instanceof Decimal decimal) {
      String exact =
          "lake_exact_decimal_"
              + value.type()
              + "_bigint_("
              + value.sql()
              + ", "
              + decimal.scale()
              + ")";
      return Optional.of(Typed.of(Sql.cast(exact, type), type, value));
    }
    if (value.type() == Simple.DOUBLE && type == Simple.REAL) {
      return Optional.of(DOUBLE_TO_REAL.fill(List.of(value), type));
    }
    if (Coercions.isNumeric(type)) {
      return plain(value, type);
    }
    if (type == Simple.BOOLEAN) {
      return Optional.of(Typed.of("(" + value.sql() + " <> 0)", type, value));
    }
    return Optional.empty();
  }

  private static Typed temporal(Typed value, SqlType type) {
    if (value.type() instanceof Timestamp from
        && type instanceof Timestamp to
        && to.precision() < from.precision()) {
      return rounded(value, to.precision(), type);
    }
    if (value.type() instanceof TimestampWithTimeZone from) {
      if (!(type instanceof TimestampWithTimeZone to)) {
        return temporal(Zones.clock(value), type);
      }
      // A cast that a statement asks for keeps the zone.
      return value.as(new TimestampWithTimeZone(to.precision(), keptZone(from, to)));
    }
    return Typed.of(Sql.cast(value.sql(), type), type, value);
  }

  private static String keptZone(TimestampWithTimeZone from, TimestampWithTimeZone to) {
    return to.zone().isEmpty() ? "" : from.zone();
  }

  /** A timestamp with fewer digits, rounded half up. */
  static Typed rounded(Typed value, int precision, SqlType type) {
    if (precision >= 6) {
      return value.as(type);
    }
    String unit = "1" + "0".repeat(6 - precision);
    String half = "5" + "0".repeat(5 - precision);
    // Rounds towards the future, also before 1970, where % is negative.
    return Template.of(
            "make_timestamp((epoch_us({0}) + {a}) - (((epoch_us({0}) + {a}) % {b}) + {b}) % {b})")
        .with(half, unit)
        .fill(List.of(value), type);
  }

  private static Optional<Typed> nested(
      Typed value, SqlType type, SqlType fromElement, SqlType toElement) {
    String variable = variable(value);
    return cast(Typed.name(variable, fromElement), toElement)
        .map(
            element ->
                Typed.of(
                    element.sql().equals(variable)
                        ? value.sql()
                        : "list_transform("
                            + value.sql()
                            + ", lambda "
                            + variable
                            + ": "
                            + element.sql()
                            + ")",
                    type,
                    value));
  }

  private static Optional<Typed> map(Typed value, MapOf from, MapOf to) {
    Parts parts = new Parts();
    Typed cast =
        Binding.of(
            List.of(value),
            to,
            names -> {
              String map = names.get(0);
              Typed keys = Typed.of("map_keys(" + map + ")", new Array(from.key()));
              Typed values = Typed.of("map_values(" + map + ")", new Array(from.value()));
              String newKeys = parts.cast(keys, new Array(to.key()));
              String newValues = parts.cast(values, new Array(to.value()));
              String both = "map(" + newKeys + ", " + newValues + ")";
              return "CASE WHEN " + map + " IS NOT NULL THEN " + both + " END";
            });
    return parts.castAll ? Optional.of(parts.changed ? cast : value.as(to)) : Optional.empty();
  }

  private static Optional<Typed> row(Typed value, Row from, Row to) {
    if (from.fields().size() != to.fields().size()) {
      return Optional.empty();
    }
    Parts parts = new Parts();
    Typed cast = Binding.of(List.of(value), to, names -> fields(names.get(0), from, to, parts));
    return parts.castAll ? Optional.of(parts.changed ? cast : value.as(to)) : Optional.empty();
  }

  private static String fields(String row, Row from, Row to, Parts parts) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < from.fields().size(); i++) {
      String access = "struct_extract(" + row + ", " + Sql.text(from.duckName(i)) + ")";
      Typed field = Typed.of(access, from.fields().get(i).type());
      String cast = parts.cast(field, to.fields().get(i).type());
      parts.changed |= !from.duckName(i).equals(to.duckName(i));
      fields.add(Sql.name(to.duckName(i)) + " := " + cast);
    }
    return "CASE WHEN " + row + " IS NOT NULL THEN struct_pack(" + Sql.list(fields) + ") END";
  }

  /** The parts of a value on their way to other types. */
  private static final class Parts {

    private boolean castAll = true;
    private boolean changed;

    String cast(Typed part, SqlType type) {
      Optional<Typed> cast = Casts.cast(part, type);
      castAll &= cast.isPresent();
      String sql = cast.map(Typed::sql).orElse(part.sql());
      changed |= !sql.equals(part.sql());
      return sql;
    }
  }

  /** A variable for a lambda that does not occur in the value. */
  public static String variable(Typed value) {
    int number = 0;
    while (value.sql().contains("e" + number + "_")) {
      number++;
    }
    return "e" + number + "_";
  }
}
