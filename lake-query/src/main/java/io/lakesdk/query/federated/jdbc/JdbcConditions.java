package io.lakesdk.query.federated.jdbc;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.RowCondition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says conditions in a database's SQL, with a parameter for each value. What is said admits every
 * row that the condition admits, and perhaps more: a timestamp of the database is finer than
 * Athena's, and its texts may be equal where Athena's are not. What cannot be said so is left out:
 * how texts are ordered, and that they are not equal.
 */
final class JdbcConditions {

  /** More parameters in one condition make a database slow, or are more than it takes. */
  private static final int MOST_VALUES = 1000;

  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  /** Up to here a whole number is the same as a floating-point number of 32 bits. */
  private static final long EXACT_IN_FLOATS = 1 << 24;

  private final Map<String, JdbcColumn> columns;
  private final Function<String, String> quoted;

  /**
   * @param columns by the names that conditions have
   * @param quoted writes a column's name in the database
   */
  JdbcConditions(Map<String, JdbcColumn> columns, Function<String, String> quoted) {
    this.columns = columns;
    this.quoted = quoted;
  }

  /**
   * A condition in SQL.
   *
   * @param values of its question marks, in order
   */
  record Said(String sql, List<Object> values) {}

  /** The condition, or empty if nothing of it can be said. */
  Optional<Said> say(RowCondition condition) {
    if (condition instanceof RowCondition.Compare compare) {
      return Optional.ofNullable(columns.get(compare.column()))
          .flatMap(column -> compare(column, compare.operator(), compare.value()));
    } else if (condition instanceof RowCondition.IsNull isNull) {
      return isNull(isNull.column(), " IS NULL");
    } else if (condition instanceof RowCondition.NotNull notNull) {
      return isNull(notNull.column(), " IS NOT NULL");
    } else if (condition instanceof RowCondition.And and) {
      return and(and);
    } else if (condition instanceof RowCondition.Or or) {
      return or(or);
    }
    return Optional.empty();
  }

  private Optional<Said> isNull(String column, String test) {
    return Optional.ofNullable(columns.get(column))
        .map(known -> new Said(quoted.apply(known.name()) + test, List.of()));
  }

  /** As many of the parts as there is room for. */
  private Optional<Said> and(RowCondition.And and) {
    List<Said> parts = new ArrayList<>();
    int values = 0;
    for (RowCondition one : and.all()) {
      Optional<Said> part = say(one);
      if (part.isPresent() && values + part.get().values().size() <= MOST_VALUES) {
        parts.add(part.get());
        values += part.get().values().size();
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(joined(parts, " AND "));
  }

  private Optional<Said> or(RowCondition.Or or) {
    List<Said> parts = or.any().stream().flatMap(part -> say(part).stream()).toList();
    if (parts.size() < or.any().size()) {
      return Optional.empty();
    }
    String first = parts.get(0).sql();
    boolean oneOf =
        first.endsWith(" = ?") && parts.stream().allMatch(part -> part.sql().equals(first));
    if (!oneOf || parts.size() == 1) {
      return few(joined(parts, " OR "));
    }
    List<Object> values = new ArrayList<>();
    parts.forEach(part -> values.addAll(part.values()));
    String column = first.substring(0, first.length() - " = ?".length());
    return few(new Said(column + " IN (?" + ", ?".repeat(values.size() - 1) + ")", values));
  }

  private static Optional<Said> few(Said said) {
    return Optional.of(said).filter(known -> known.values().size() <= MOST_VALUES);
  }

  private static Said joined(List<Said> parts, String between) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Object> values = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    for (Said part : parts) {
      sql.add(part.sql());
      values.addAll(part.values());
    }
    return new Said("(" + String.join(between, sql) + ")", values);
  }

  private Optional<Said> compare(JdbcColumn column, Operator operator, Object value) {
    return switch (column.comparing()) {
      case NOTHING -> Optional.empty();
      case EXACT_NUMBERS ->
          value instanceof Long || value instanceof BigDecimal
              ? plain(column, operator, value)
              : Optional.empty();
      case FLOATING_NUMBERS ->
          value instanceof Double
                  || (value instanceof Long whole && Math.abs(whole) <= EXACT_IN_FLOATS)
              ? plain(column, operator, ((Number) value).doubleValue())
              : Optional.empty();
      case BOOLEANS ->
          value instanceof Boolean && isEquality(operator)
              ? plain(column, operator, value)
              : Optional.empty();
      case DATES ->
          value instanceof LocalDate date && isUsual(date)
              ? plain(column, operator, value)
              : Optional.empty();
      case TEXTS ->
          value instanceof String text && isUsual(text) && operator == Operator.EQUAL
              ? plain(column, operator, value)
              : Optional.empty();
      case TIMESTAMPS -> time(column, operator, value, time -> time);
      case INSTANTS -> time(column, operator, value, time -> time.atOffset(ZoneOffset.UTC));
    };
  }

  private static boolean isEquality(Operator operator) {
    return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
  }

  private static boolean isUsual(LocalDate date) {
    return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
  }

  /** Some databases take no NUL, and some take an empty text for NULL. */
  private static boolean isUsual(String text) {
    return !text.isEmpty() && text.indexOf('\0') < 0;
  }

  private Optional<Said> plain(JdbcColumn column, Operator operator, Object value) {
    return Optional.of(
        new Said(quoted.apply(column.name()) + " " + operator.symbol() + " ?", List.of(value)));
  }

  /** A time that the database has finer stands for the millisecond that it begins. */
  private Optional<Said> time(
      JdbcColumn column, Operator operator, Object value, Function<LocalDateTime, Object> bound) {
    if (!(value instanceof LocalDateTime time)
        || time.getYear() <= FIRST_YEAR
        || time.getYear() >= LAST_YEAR) {
      return Optional.empty();
    }
    LocalDateTime from = time.truncatedTo(ChronoUnit.MILLIS);
    Optional<Said> atLeast = plain(column, Operator.AT_LEAST, bound.apply(from));
    Optional<Said> below =
        plain(column, Operator.LESS, bound.apply(from.plus(1, ChronoUnit.MILLIS)));
    return switch (operator) {
      case EQUAL -> Optional.of(joined(List.of(atLeast.get(), below.get()), " AND "));
      case LESS, AT_MOST -> below;
      case MORE, AT_LEAST -> atLeast;
      case NOT_EQUAL -> Optional.empty();
    };
  }
}
