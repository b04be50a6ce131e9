package io.lakesdk.query.sql.scope;

import io.lakesdk.publish.PartitionFilter;
import io.lakesdk.publish.PartitionFilter.Operator;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.ComparisonExpression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What conditions say about partition keys, by the token of the table. They say less than they
 * could, never more.
 */
public final class PartitionConditions {

  private PartitionConditions() {}

  public static boolean asksForNull(PartitionFilter filter) {
    if (filter instanceof PartitionFilter.And and) {
      return and.all().stream().anyMatch(PartitionConditions::asksForNull);
    } else if (filter instanceof PartitionFilter.Or or) {
      return or.any().stream().anyMatch(PartitionConditions::asksForNull);
    }
    return filter instanceof PartitionFilter.IsNull;
  }

  public static Map<String, PartitionFilter> compare(
      Typed left, ComparisonExpression.Operator operator, Typed right) {
    return key(left, right)
        .<Map<String, PartitionFilter>>map(value -> one(left, operator(operator), value))
        .orElseGet(
            () ->
                key(right, left)
                    .<Map<String, PartitionFilter>>map(
                        value -> one(right, operator(operator.flip()), value))
                    .orElse(Map.of()));
  }

  public static Map<String, PartitionFilter> isNull(Typed value) {
    return value
        .origin()
        .filter(Typed.Origin::partition)
        .<Map<String, PartitionFilter>>map(
            origin -> Map.of(origin.token(), new PartitionFilter.IsNull(origin.column())))
        .orElse(Map.of());
  }

  public static Map<String, PartitionFilter> oneOf(Typed value, List<Typed> choices) {
    List<Map<String, PartitionFilter>> each = new ArrayList<>();
    for (Typed choice : choices) {
      each.add(compare(value, ComparisonExpression.Operator.EQUAL, choice));
    }
    return or(each);
  }

  public static Map<String, PartitionFilter> and(List<Map<String, PartitionFilter>> terms) {
    Map<String, List<PartitionFilter>> all = new HashMap<>();
    for (Map<String, PartitionFilter> term : terms) {
      term.forEach((token, f) -> all.computeIfAbsent(token, t -> new ArrayList<>()).add(f));
    }
    Map<String, PartitionFilter> result = new HashMap<>();
    all.forEach(
        (token, filters) ->
            result.put(
                token, filters.size() == 1 ? filters.get(0) : new PartitionFilter.And(filters)));
    return result;
  }

  public static Map<String, PartitionFilter> or(List<Map<String, PartitionFilter>> terms) {
    if (terms.isEmpty()) {
      return Map.of();
    }
    Map<String, PartitionFilter> result = new HashMap<>();
    for (String token : terms.get(0).keySet()) {
      List<PartitionFilter> choices = new ArrayList<>();
      for (Map<String, PartitionFilter> term : terms) {
        PartitionFilter choice = term.get(token);
        if (choice != null) {
          choices.add(choice);
        }
      }
      if (choices.size() == terms.size()) {
        result.put(token, choices.size() == 1 ? choices.get(0) : new PartitionFilter.Or(choices));
      }
    }
    return result;
  }

  /** Lets the tables of a FROM know a condition that their rows must fulfil. */
  public static void restrict(
      Map<String, PartitionFilter> conditions, Set<String> tokens, Environment environment) {
    conditions.forEach(
        (token, filter) -> {
          if (tokens.contains(token)) {
            environment.reading(token).restrict(filter);
          }
        });
  }

  private static Map<String, PartitionFilter> one(
      Typed key, Optional<Operator> operator, Object value) {
    Typed.Origin origin = key.origin().orElseThrow();
    return operator
        .<Map<String, PartitionFilter>>map(
            found ->
                Map.of(origin.token(), new PartitionFilter.Compare(origin.column(), found, value)))
        .orElse(Map.of());
  }

  /**
   * The value to compare with, if the first is a partition key and the other a fitting constant.
   */
  private static Optional<Object> key(Typed key, Typed constant) {
    if (key.origin().filter(Typed.Origin::partition).isEmpty()) {
      return Optional.empty();
    }
    SqlType keyType = key.type();
    SqlType valueType = constant.type();
    Optional<Object> value = constant.constant().map(Typed.Constant::value);
    if (Coercions.isInteger(keyType) && Coercions.isInteger(valueType)) {
      return value.filter(Long.class::isInstance);
    } else if (keyType instanceof SqlType.Varchar && valueType instanceof SqlType.Varchar) {
      return value.filter(String.class::isInstance);
    } else if (keyType == Simple.DATE && valueType == Simple.DATE) {
      return value
          .filter(LocalDate.class::isInstance)
          .map(LocalDate.class::cast)
          .filter(date -> date.getYear() >= 0 && date.getYear() <= 9999)
          .map(LocalDate::toString);
    }
    return Optional.empty();
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
