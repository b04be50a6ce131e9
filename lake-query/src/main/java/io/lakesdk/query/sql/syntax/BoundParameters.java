package io.lakesdk.query.sql.syntax;

import io.lakesdk.query.sql.SqlErrors;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement with their values.
 *
 * @param expressions what stands for each occurrence of a parameter
 * @param values of {@code $1}, {@code $2} and so on
 */
public record BoundParameters(List<Typed> expressions, List<@Nullable Object> values) {

  /** Of a statement that has none. */
  public static BoundParameters none() {
    return new BoundParameters(List.of(), List.of());
  }

  /** Gives each parameter its value; all must have one, and every value its parameter. */
  public static BoundParameters bind(
      NamedParameters statement, Map<String, ? extends @Nullable Object> given) {
    if (statement.isMixed()) {
      throw SqlErrors.refuse("it has parameters written ? and others written :name; use one way");
    }
    if (statement.second() >= 0) {
      throw SqlErrors.refuse(
          "only one statement can be run at a time; run what follows the semicolon by itself");
    }
    TreeSet<String> unused = new TreeSet<>(given.keySet());
    unused.removeAll(statement.names());
    if (!unused.isEmpty()) {
      String first = unused.first();
      throw SqlErrors.refuse(
          first.startsWith(":")
              ? "bind parameters by their names without the colon, not " + first
              : "it has no parameter " + NamedParameters.shown(first));
    }
    List<@Nullable Object> values = new ArrayList<>();
    Map<String, Typed> known = new HashMap<>();
    List<Typed> expressions = new ArrayList<>();
    for (String name : statement.names()) {
      if (!given.containsKey(name)) {
        throw SqlErrors.refuse(
            "the parameter " + NamedParameters.shown(name) + " has no value; bind one");
      }
      Typed expression = known.get(name);
      if (expression == null) {
        expression = expression(name, given.get(name), values);
        known.put(name, expression);
      }
      expressions.add(expression);
    }
    return new BoundParameters(expressions, values);
  }

  private static Typed expression(
      String name, @Nullable Object value, List<@Nullable Object> values) {
    if (value == null) {
      return Literals.unknown();
    }
    if (value instanceof List<?> list) {
      return list(name, list, values);
    }
    SqlType type =
        type(value)
            .orElseThrow(
                () ->
                    SqlErrors.refuse(
                        "the parameter "
                            + NamedParameters.shown(name)
                            + " is a "
                            + value.getClass().getSimpleName()
                            + ", which is not supported; see Query.bind"));
    values.add(value instanceof Instant instant ? utc(instant) : value);
    return Typed.constant(Sql.cast("$" + values.size(), type), type, constant(value));
  }

  private static Typed list(String name, List<?> list, List<@Nullable Object> values) {
    List<Typed> elements = new ArrayList<>();
    for (Object element : list) {
      elements.add(expression(name, element, values));
    }
    SqlType element =
        Coercions.common(elements.stream().map(Typed::type).toList())
            .orElseThrow(
                () ->
                    SqlErrors.refuse(
                        "the elements of the parameter "
                            + NamedParameters.shown(name)
                            + " are of different types"));
    SqlType type = new SqlType.Array(element);
    List<String> items =
        elements.stream()
            .map(item -> io.lakesdk.query.sql.render.Casts.coerce(item, element).sql())
            .toList();
    return Typed.name(Sql.cast("[" + Sql.list(items) + "]", type), type);
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** The value as conditions on partitions and rules on constants compare it. */
  private static Object constant(Object value) {
    if (value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long) {
      return ((Number) value).longValue();
    }
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
  }

  private static Optional<SqlType> type(Object value) {
    if (value instanceof Boolean) {
      return Optional.of(Simple.BOOLEAN);
    } else if (value instanceof Byte) {
      return Optional.of(Simple.TINYINT);
    } else if (value instanceof Short) {
      return Optional.of(Simple.SMALLINT);
    } else if (value instanceof Integer) {
      return Optional.of(Simple.INTEGER);
    } else if (value instanceof Long) {
      return Optional.of(Simple.BIGINT);
    } else if (value instanceof Float) {
      return Optional.of(Simple.REAL);
    } else if (value instanceof Double) {
      return Optional.of(Simple.DOUBLE);
    } else if (value instanceof BigDecimal decimal) {
      return decimal(decimal);
    } else if (value instanceof BigInteger whole) {
      return decimal(new BigDecimal(whole));
    } else if (value instanceof String) {
      return Optional.of(new SqlType.Varchar(Optional.empty()));
    } else if (value instanceof byte[]) {
      return Optional.of(Simple.VARBINARY);
    } else if (value instanceof LocalDate) {
      return Optional.of(Simple.DATE);
    } else if (value instanceof LocalDateTime time) {
      return timestamp(time.get(ChronoField.NANO_OF_SECOND));
    } else if (value instanceof Instant instant) {
      return timestamp(instant.get(ChronoField.NANO_OF_SECOND));
    }
    return Optional.empty();
  }

  private static Optional<SqlType> decimal(BigDecimal value) {
    int scale = Math.max(0, value.scale());
    int precision = Math.max(1, Math.max(value.precision() - value.scale() + scale, scale));
    return precision <= SqlType.Decimal.MAX_PRECISION
        ? Optional.of(new SqlType.Decimal(precision, scale))
        : Optional.empty();
  }

  private static Optional<SqlType> timestamp(int nanos) {
    if (nanos % 1000 != 0) {
      throw SqlErrors.refuse("a timestamp among the parameters is finer than microseconds");
    }
    return Optional.of(new SqlType.Timestamp(nanos % 1_000_000 == 0 ? 3 : 6));
  }
}
