package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Binding;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.CurrentTime;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.WhenClause;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** CASE and its relatives, TRY, and the time of the statement. */
final class Conditionals {

  private final ExpressionAnalyzer expressions;

  Conditionals(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  Typed choose(IfExpression node) {
    Typed condition = expressions.condition(node.getCondition(), "IF condition");
    List<Expression> results = new ArrayList<>(List.of(node.getTrueValue()));
    node.getFalseValue().ifPresent(results::add);
    List<Typed> values = expressions.analyze(results);
    List<SqlType> types = values.stream().map(Typed::type).toList();
    SqlType type =
        Coercions.common(types)
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "Result types for IF must be the same: %s vs %s",
                        types.get(0),
                        types.get(1)));
    boolean hasDefault = node.getFalseValue().isPresent();
    return choose(Optional.empty(), List.of(condition), values, type, hasDefault);
  }

  Typed choose(SearchedCaseExpression node) {
    List<Typed> conditions = new ArrayList<>();
    List<Expression> results = new ArrayList<>();
    for (WhenClause when : node.getWhenClauses()) {
      conditions.add(expressions.condition(when.getOperand(), "CASE WHEN clause"));
      results.add(when.getResult());
    }
    node.getDefaultValue().ifPresent(results::add);
    return choose(Optional.empty(), conditions, results, node.getDefaultValue().isPresent());
  }

  Typed choose(SimpleCaseExpression node) {
    Typed operand = expressions.analyze(node.getOperand());
    List<Typed> compared = new ArrayList<>(List.of(operand));
    List<Expression> results = new ArrayList<>();
    for (WhenClause when : node.getWhenClauses()) {
      Typed value = expressions.analyze(when.getOperand());
      if (Coercions.common(operand.type(), value.type()).isEmpty()) {
        throw Refusal.at(
            when.getOperand(),
            "CASE operand type does not match WHEN clause operand type: %s vs %s",
            operand.type(),
            value.type());
      }
      compared.add(value);
      results.add(when.getResult());
    }
    node.getDefaultValue().ifPresent(results::add);
    SqlType common =
        Coercions.common(compared.stream().map(Typed::type).toList())
            .orElseThrow(
                () ->
                    Refusal.at(
                        node,
                        "CASE operand type does not match WHEN clause operand type: %s",
                        operand.type()));
    Operators.requireComparable(node, common);
    List<Typed> coerced = compared.stream().map(value -> Casts.coerce(value, common)).toList();
    return choose(
        Optional.of(coerced.get(0)),
        coerced.subList(1, coerced.size()),
        results,
        node.getDefaultValue().isPresent());
  }

  private Typed choose(
      Optional<Typed> operand,
      List<Typed> conditions,
      List<Expression> results,
      boolean hasDefault) {
    List<Typed> values = expressions.analyze(results);
    SqlType type = Operators.same(results, values, "All CASE results");
    return choose(operand, conditions, values, type, hasDefault);
  }

  private static Typed choose(
      Optional<Typed> operand,
      List<Typed> conditions,
      List<Typed> values,
      SqlType type,
      boolean hasDefault) {
    StringBuilder sql = new StringBuilder("CASE");
    operand.ifPresent(value -> sql.append(' ').append(value.sql()));
    for (int i = 0; i < conditions.size(); i++) {
      sql.append(" WHEN ").append(conditions.get(i).sql());
      sql.append(" THEN ").append(Casts.coerce(values.get(i), type).sql());
    }
    if (hasDefault) {
      sql.append(" ELSE ").append(Casts.coerce(values.get(values.size() - 1), type).sql());
    }
    List<Typed> parts = new ArrayList<>(conditions);
    parts.addAll(values);
    operand.ifPresent(parts::add);
    return Typed.of(sql.append(" END").toString(), type, parts);
  }

  Typed coalesce(CoalesceExpression node) {
    List<Typed> values = expressions.analyze(node.getOperands());
    SqlType type = Operators.same(node.getOperands(), values, "All COALESCE operands");
    String operands =
        values.stream()
            .map(value -> Casts.coerce(value, type).sql())
            .collect(Collectors.joining(", "));
    return Typed.of("coalesce(" + operands + ")", type, values);
  }

  Typed nullIf(NullIfExpression node, Operators operators) {
    Typed first = expressions.analyze(node.getFirst());
    Typed second = expressions.analyze(node.getSecond());
    if (Coercions.common(first.type(), second.type()).isEmpty()) {
      throw Refusal.at(
          node, "Types are not comparable with NULLIF: %s vs %s", first.type(), second.type());
    }
    // Compared as the common type, given as the type of the first.
    return Binding.of(
        List.of(first, second),
        first.type(),
        names -> {
          Typed one = Typed.name(names.get(0), first.type());
          Typed two = Typed.name(names.get(1), second.type());
          Typed equal = operators.compare(node, ComparisonExpression.Operator.EQUAL, one, two);
          return "CASE WHEN " + equal.sql() + " THEN NULL ELSE " + one.sql() + " END";
        });
  }

  /** NULL where the value fails. */
  Typed attempted(Node node, Typed value) {
    if (value.has(Typed.Trait.AGGREGATE)
        || value.has(Typed.Trait.WINDOW)
        || value.has(Typed.Trait.SUBQUERY)) {
      throw Refusal.unsupported(node, "TRY of an aggregate, a window function or a subquery");
    }
    return Typed.of("TRY(" + value.sql() + ")", value.type(), value);
  }

  /** The time of the statement, in milliseconds as Athena has it. */
  static Typed currentTimestamp(Instant now) {
    LocalDateTime utc = LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    return Casts.coerce(Literals.timestamp(utc, 3), new SqlType.TimestampWithTimeZone(3));
  }

  Typed currentTime(CurrentTime node, Instant now) {
    LocalDateTime utc = LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    Optional<Integer> digits = Optional.ofNullable(node.getPrecision());
    if (digits.filter(number -> number > 6).isPresent()) {
      throw Refusal.unsupported(node, "a precision of more than 6");
    }
    return switch (node.getFunction()) {
      case TIMESTAMP, LOCALTIMESTAMP -> {
        boolean local = node.getFunction() == CurrentTime.Function.LOCALTIMESTAMP;
        Typed time = local ? Literals.timestamp(utc, 3) : currentTimestamp(now);
        yield digits.isEmpty()
            ? time
            : Casts.cast(
                    time,
                    local
                        ? new SqlType.Timestamp(digits.get())
                        : new SqlType.TimestampWithTimeZone(digits.get()))
                .orElseThrow();
      }
      case DATE -> Literals.date(utc.toLocalDate());
      case LOCALTIME ->
          Casts.cast(Literals.timestamp(utc, 3), new SqlType.Time(digits.orElse(3))).orElseThrow();
      case TIME -> throw Refusal.unsupported(node, "the type time with time zone");
    };
  }
}
