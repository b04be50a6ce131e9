package io.lakesdk.query.sql.scope;

import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.ComparisonExpression;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What conditions say about columns, by the token of the table. They say less than they could,
 * never more.
 */
public final class RowConditions {

  private RowConditions() {}

  public static Map<String, RowCondition> compare(
      Typed left, ComparisonExpression.Operator operator, Typed right) {
    Map<String, RowCondition> found = one(left, operator, right);
    return found.isEmpty() ? one(right, operator.flip(), left) : found;
  }

  public static Map<String, RowCondition> isNull(Typed value) {
    return value
        .origin()
        .<Map<String, RowCondition>>map(
            column -> Map.of(column.token(), new RowCondition.IsNull(column.column())))
        .orElse(Map.of());
  }

  public static Map<String, RowCondition> isNotNull(Typed value) {
    return value
        .origin()
        .<Map<String, RowCondition>>map(
            column -> Map.of(column.token(), new RowCondition.NotNull(column.column())))
        .orElse(Map.of());
  }

  public static Map<String, RowCondition> oneOf(Typed value, List<Typed> choices) {
    List<Map<String, RowCondition>> each = new ArrayList<>();
    for (Typed choice : choices) {
      each.add(compare(value, ComparisonExpression.Operator.EQUAL, choice));
    }
    return or(each);
  }

  public static Map<String, RowCondition> and(List<Map<String, RowCondition>> terms) {
    Map<String, List<RowCondition>> all = new HashMap<>();
    for (Map<String, RowCondition> term : terms) {
      term.forEach((token, c) -> all.computeIfAbsent(token, t -> new ArrayList<>()).add(c));
    }
    Map<String, RowCondition> result = new HashMap<>();
    all.forEach((token, conditions) -> result.put(token, RowCondition.all(conditions)));
    return result;
  }

  public static Map<String, RowCondition> or(List<Map<String, RowCondition>> terms) {
    if (terms.isEmpty()) {
      return Map.of();
    }
    Map<String, RowCondition> result = new HashMap<>();
    for (String token : terms.get(0).keySet()) {
      List<RowCondition> choices = new ArrayList<>();
      for (Map<String, RowCondition> term : terms) {
        RowCondition choice = term.get(token);
        if (choice != null) {
          choices.add(choice);
        }
      }
      if (choices.size() == terms.size()) {
        result.put(token, choices.size() == 1 ? choices.get(0) : new RowCondition.Or(choices));
      }
    }
    return result;
  }

  /** Lets the tables of a FROM know a condition that their rows must fulfil. */
  public static void restrict(
      Map<String, RowCondition> conditions, Set<String> tokens, Environment environment) {
    conditions.forEach(
        (token, condition) -> {
          if (tokens.contains(token)) {
            environment.reading(token).restrict(condition);
          }
        });
  }

  private static Map<String, RowCondition> one(
      Typed column, ComparisonExpression.Operator operator, Typed constant) {
    Optional<Typed.Origin> origin = column.origin();
    Optional<Operator> how = operator(operator);
    Optional<Object> value = value(column.type(), constant);
    return origin.isEmpty() || how.isEmpty() || value.isEmpty()
        ? Map.of()
        : Map.of(
            origin.get().token(),
            new RowCondition.Compare(origin.get().column(), how.get(), value.get()));
  }

  /**
   * The value of a constant, if comparing a column of this type with it compares values as they
   * are. A number that is compared with a floating-point column becomes one, but not the other way
   * round: an exact column would be rounded.
   */
  private static Optional<Object> value(SqlType column, Typed constant) {
    SqlType type = constant.type();
    Optional<Object> value = constant.constant().map(Typed.Constant::value);
    if (Coercions.isNumeric(column) && (Coercions.isInteger(type) || isDecimal(type))) {
      return value.filter(v -> v instanceof Long || v instanceof BigDecimal);
    } else if (isFloating(column) && isFloating(type)) {
      return value
          .filter(v -> v instanceof Double || v instanceof Float)
          .map(v -> ((Number) v).doubleValue())
          .filter(v -> !v.isNaN())
          .map(v -> v);
    } else if (column instanceof SqlType.Varchar && type instanceof SqlType.Varchar) {
      return value.filter(String.class::isInstance);
    } else if (column instanceof SqlType.Timestamp && type instanceof SqlType.Timestamp) {
      return value
          .<Object>map(
              v -> v instanceof Instant at ? LocalDateTime.ofInstant(at, ZoneOffset.UTC) : v)
          .filter(LocalDateTime.class::isInstance);
    } else if (column == Simple.DATE && type == Simple.DATE) {
      return value.filter(LocalDate.class::isInstance);
    } else if (column == Simple.BOOLEAN && type == Simple.BOOLEAN) {
      return value.filter(Boolean.class::isInstance);
    }
    return Optional.empty();
  }

  private static boolean isDecimal(SqlType type) {
    return type instanceof SqlType.Decimal;
  }

  private static boolean isFloating(SqlType type) {
    return type == Simple.REAL || type == Simple.DOUBLE;
  }

  private static Optional<Operator> operator(ComparisonExpression.Operator operator) {
    return switch (operator) {
      case EQUAL -> Optional.of(Operator.EQUAL);
      case NOT_EQUAL -> Optional.of(Operator.NOT_EQUAL);
      case LESS_THAN -> Optional.of(Operator.LESS);
      case LESS_THAN_OR_EQUAL -> Optional.of(Operator.AT_MOST);
      case GREATER_THAN -> Optional.of(Operator.MORE);
      case GREATER_THAN_OR_EQUAL -> Optional.of(Operator.AT_LEAST);
      case IS_DISTINCT_FROM -> Optional.empty();
    };
  }
}
