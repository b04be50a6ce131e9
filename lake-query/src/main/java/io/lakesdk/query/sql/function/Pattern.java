package io.lakesdk.query.sql.function;

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
import java.util.List;
import java.util.Optional;

/** A type in a signature, which may have parts that a call decides: {@code array(T)}. */
public sealed interface Pattern {

  /** Takes what this argument says about the variables; false if it cannot fit. */
  boolean collect(SqlType argument, Bindings bindings);

  /** The type, once the variables are known. */
  SqlType resolve(Bindings bindings);

  /** One type. */
  record Fixed(SqlType type) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      return Coercions.canCoerce(argument, type);
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return type;
    }

    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** Any type, the same wherever the variable stands. */
  record Variable(String name) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      return bindings.widen(name, argument);
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return bindings.type(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * {@code varchar(x)}, {@code char(x)}, {@code decimal(p,s)}, {@code timestamp(p)}: any of these.
   */
  record Sized(String base, String name) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      Optional<SqlType> fitting = fitting(argument);
      return fitting.isPresent() && bindings.widen(name, fitting.get());
    }

    private Optional<SqlType> fitting(SqlType argument) {
      boolean unknown = argument == Simple.UNKNOWN;
      return switch (base) {
        case "varchar" ->
            unknown
                ? Optional.of(new Varchar(Optional.of(1)))
                : argument instanceof Varchar
                    ? Optional.of(argument)
                    : argument instanceof Char fixed
                        ? Optional.of(new Varchar(Optional.of(fixed.length())))
                        : Optional.empty();
        case "char" -> argument instanceof Char ? Optional.of(argument) : Optional.empty();
        case "decimal" ->
            unknown
                ? Optional.of(new Decimal(1, 0))
                : argument instanceof Decimal || Coercions.isInteger(argument)
                    ? Optional.of(Coercions.asDecimal(argument))
                    : Optional.empty();
        case "timestamp" ->
            unknown || argument == Simple.DATE
                ? Optional.of(new Timestamp(0))
                : argument instanceof Timestamp ? Optional.of(argument) : Optional.empty();
        case "time" ->
            unknown
                ? Optional.of(new SqlType.Time(0))
                : argument instanceof SqlType.Time ? Optional.of(argument) : Optional.empty();
        case "timestamp with time zone" ->
            unknown
                ? Optional.of(new TimestampWithTimeZone(3))
                : argument instanceof Timestamp time
                    ? Optional.of(new TimestampWithTimeZone(time.precision()))
                    : argument == Simple.DATE
                        ? Optional.of(new TimestampWithTimeZone(0))
                        : argument instanceof TimestampWithTimeZone
                            ? Optional.of(argument)
                            : Optional.empty();
        default -> throw new IllegalStateException(base);
      };
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return bindings.type(name);
    }

    @Override
    public String toString() {
      int with = base.indexOf(" with");
      String size = "(" + (base.equals("decimal") ? "p,s" : name) + ")";
      return with < 0 ? base + size : base.substring(0, with) + size + base.substring(with);
    }
  }

  /** {@code array(E)}. */
  record ArrayOf(Pattern element) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      return argument == Simple.UNKNOWN
          ? element.collect(argument, bindings)
          : argument instanceof Array array && element.collect(array.element(), bindings);
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return new Array(element.resolve(bindings));
    }

    @Override
    public String toString() {
      return "array(" + element + ")";
    }
  }

  /** {@code map(K,V)}. */
  record MapFrom(Pattern key, Pattern value) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      return argument == Simple.UNKNOWN
          ? key.collect(argument, bindings) && value.collect(argument, bindings)
          : argument instanceof MapOf map
              && key.collect(map.key(), bindings)
              && value.collect(map.value(), bindings);
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return new MapOf(key.resolve(bindings), value.resolve(bindings));
    }

    @Override
    public String toString() {
      return "map(" + key + "," + value + ")";
    }
  }

  /** {@code row(K,V)}: a row of so many fields, whatever their names. */
  record RowOf(List<Pattern> fields) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      if (argument == Simple.UNKNOWN) {
        return fields.stream().allMatch(field -> field.collect(argument, bindings));
      }
      if (!(argument instanceof Row row) || row.fields().size() != fields.size()) {
        return false;
      }
      for (int i = 0; i < fields.size(); i++) {
        if (!fields.get(i).collect(row.fields().get(i).type(), bindings)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      return new Row(
          fields.stream()
              .map(field -> new SqlType.Field(Optional.empty(), field.resolve(bindings)))
              .toList());
    }

    @Override
    public String toString() {
      return "row(" + String.join(",", fields.stream().map(Pattern::toString).toList()) + ")";
    }
  }

  /** {@code function(T,U,...,R)}: a lambda, the last being its result. */
  record Lambda(List<Pattern> parameters, Pattern result) implements Pattern {
    @Override
    public boolean collect(SqlType argument, Bindings bindings) {
      return false;
    }

    @Override
    public SqlType resolve(Bindings bindings) {
      throw new IllegalStateException("a lambda is no value");
    }

    @Override
    public String toString() {
      return "function("
          + String.join(",", parameters.stream().map(Pattern::toString).toList())
          + ","
          + result
          + ")";
    }
  }
}
