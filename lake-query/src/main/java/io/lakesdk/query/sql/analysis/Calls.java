package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.function.AggregateCall;
import io.lakesdk.query.sql.function.Argument;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Calls of functions. */
final class Calls {

  /** What Trino has and this does not, table functions apart. */
  private static final Set<String> REFUSED =
      Set.of(
          "approx_set",
          "bar",
          "color",
          "current_groups",
          "empty_approx_set",
          "from_iso8601_timestamp_nanos",
          "from_unixtime_nanos",
          "hash_counts",
          "intersection_cardinality",
          "jaccard_index",
          "make_set_digest",
          "merge",
          "merge_set_digest",
          "numeric_histogram",
          "qdigest_agg",
          "quantile_at_value",
          "render",
          "rgb",
          "tdigest_agg",
          "value_at_quantile",
          "values_at_quantiles");

  private static final Set<Extract.Field> CLOCK =
      EnumSet.of(Extract.Field.HOUR, Extract.Field.MINUTE, Extract.Field.SECOND);

  private final Environment environment;
  private final Clause clause;
  private final ExpressionAnalyzer expressions;

  Calls(Environment environment, Clause clause, ExpressionAnalyzer expressions) {
    this.environment = environment;
    this.clause = clause;
    this.expressions = expressions;
  }

  /** A scalar function that the grammar writes in a way of its own, of values. */
  Typed ofValues(Node node, String name, List<Typed> values) {
    List<Argument> all = new ArrayList<>();
    values.forEach(value -> all.add(new Argument.Value(value)));
    try {
      return environment.functions().call(name, all);
    } catch (UnsupportedCall e) {
      throw Refusal.at(node, "%s", e.reason());
    }
  }

  /** A scalar function that the grammar writes in a way of its own. */
  Typed named(Node node, String name, List<Expression> arguments) {
    try {
      return environment.functions().call(name, arguments(arguments, expressions));
    } catch (UnsupportedCall e) {
      throw Refusal.at(node, "%s", e.reason());
    }
  }

  /** {@code EXTRACT(YEAR FROM x)}. */
  Typed extract(Extract node) {
    Typed value = expressions.analyze(node.getExpression());
    List<Argument> arguments = List.of(new Argument.Value(value));
    String name = node.getField().name().toLowerCase(Locale.ROOT);
    boolean ofClock = CLOCK.contains(node.getField());
    if ((ofClock && value.type() == SqlType.Simple.DATE)
        || (node.getField().name().startsWith("TIMEZONE")
            && !(value.type() instanceof SqlType.TimestampWithTimeZone))
        || value.type() == SqlType.Simple.UNKNOWN
        || !environment.functions().takes(name, arguments)) {
      throw Refusal.at(
          node.getExpression(), "Cannot extract %s from %s", node.getField(), value.type());
    }
    return environment.functions().call(name, arguments);
  }

  Typed call(FunctionCall node) {
    List<String> parts = node.getName().getParts();
    String name = parts.get(0).toLowerCase(Locale.ROOT);
    if (parts.size() > 1) {
      throw Refusal.at(node, "function %s is not supported", node.getName());
    }
    if (node.getProcessingMode().isPresent()) {
      throw Refusal.unsupported(node, "RUNNING or FINAL");
    }
    boolean aggregate = environment.functions().isAggregate(name);
    boolean window = environment.functions().isWindow(name);
    try {
      if (node.getWindow().isPresent() && window) {
        return overWindow(node, name);
      } else if (aggregate) {
        return overGroup(node, name);
      } else if (window) {
        throw Refusal.at(node, "Window function %s requires an OVER clause", name);
      }
      return scalar(node, name);
    } catch (UnsupportedCall e) {
      throw Refusal.at(node, "%s", e.reason());
    }
  }

  private Typed scalar(FunctionCall node, String name) {
    if (name.equals("typeof") && node.getArguments().size() == 1) {
      Typed value = expressions.analyze(node.getArguments().get(0));
      return Literals.text(value.type().toString())
          .as(new SqlType.Varchar(Optional.empty()))
          .withUngrouped(value.ungrouped());
    }
    if (name.equals("now") && node.getArguments().isEmpty()) {
      return Conditionals.currentTimestamp(environment.now());
    }
    if (!environment.functions().isScalar(name)) {
      throw REFUSED.contains(name)
          ? Refusal.at(node, "function %s is not supported", name)
          : Refusal.at(node, "Function '%s' not registered", name);
    }
    boolean decorated =
        node.getWindow().isPresent()
            || node.getFilter().isPresent()
            || node.getOrderBy().isPresent()
            || node.isDistinct()
            || node.getNullTreatment().isPresent();
    if (decorated) {
      throw Refusal.at(node, "%s is not an aggregate or window function", name);
    }
    return environment.functions().call(name, arguments(node.getArguments(), expressions));
  }

  private Typed overGroup(FunctionCall node, String name) {
    ExpressionAnalyzer inner = new ExpressionAnalyzer(environment, clause.ungrouped());
    AggregateCall call =
        new AggregateCall(
            node.isDistinct(),
            node.getOrderBy().map(order -> SortItems.render(order, inner)),
            false,
            filter(node, inner),
            Optional.empty());
    if (node.getNullTreatment().isPresent()) {
      throw Refusal.unsupported(node, "IGNORE or RESPECT NULLS of an aggregate");
    }
    if (node.isDistinct()) {
      environment.complexity().add(Complexity.Part.DISTINCT_AGGREGATE, node);
    }
    if (node.getFilter().isPresent()) {
      environment.complexity().add(Complexity.Part.FILTERED_AGGREGATE, node);
    }
    Typed result =
        environment.functions().call(name, arguments(valueArguments(node, name), inner), call);
    if (result.has(Typed.Trait.AGGREGATE)) {
      throw Refusal.at(node, "Cannot nest aggregations inside aggregation '%s'", name);
    }
    if (result.has(Typed.Trait.WINDOW)) {
      throw Refusal.at(node, "Cannot nest window functions inside aggregation '%s'", name);
    }
    return result.with(Typed.Trait.AGGREGATE);
  }

  private Typed overWindow(FunctionCall node, String name) {
    if (node.isDistinct() && !environment.functions().isAggregate(name)) {
      throw Refusal.at(
          node, "Cannot use DISTINCT with window function %s, which is no aggregate", name);
    }
    if (node.isDistinct()) {
      environment.complexity().add(Complexity.Part.DISTINCT_AGGREGATE, node);
    }
    if (node.getOrderBy().isPresent()) {
      throw Refusal.unsupported(node, "ORDER BY among the arguments of a window function");
    }
    Typed window = new Windows(clause, expressions).render(node.getWindow().orElseThrow());
    environment.complexity().addWindow(window.sql(), node);
    boolean ignore =
        node.getNullTreatment().filter(FunctionCall.NullTreatment.IGNORE::equals).isPresent();
    AggregateCall call =
        new AggregateCall(
            node.isDistinct(),
            Optional.empty(),
            ignore,
            filter(node, expressions),
            Optional.of(window.sql()));
    Typed result =
        environment.functions().call(name, arguments(node.getArguments(), expressions), call);
    if (result.has(Typed.Trait.WINDOW) || window.has(Typed.Trait.WINDOW)) {
      throw Refusal.at(
          node,
          "Cannot nest window functions or row pattern measures inside window function arguments");
    }
    Typed both = Typed.of(result.sql(), result.type(), result, window);
    return both.with(Typed.Trait.WINDOW);
  }

  /** Of listagg the grammar gives three more: what to do on overflow, which does not happen. */
  private static List<Expression> valueArguments(FunctionCall node, String name) {
    return name.equals("listagg") ? node.getArguments().subList(0, 2) : node.getArguments();
  }

  private static Optional<String> filter(FunctionCall node, ExpressionAnalyzer inner) {
    return node.getFilter()
        .map(
            condition -> {
              Typed typed = inner.condition(condition, "Aggregation FILTER clause");
              if (typed.has(Typed.Trait.WINDOW) || typed.has(Typed.Trait.AGGREGATE)) {
                throw Refusal.at(condition, "FILTER cannot contain aggregations or windows");
              }
              return typed.sql();
            });
  }

  private List<Argument> arguments(List<Expression> nodes, ExpressionAnalyzer analyzer) {
    List<Argument> arguments = new ArrayList<>();
    for (Expression node : nodes) {
      if (node instanceof LambdaExpression lambda) {
        arguments.add(
            new Argument.Lambda(
                lambda.getArguments().size(), types -> analyzer.lambda(lambda, types)));
      } else {
        arguments.add(new Argument.Value(analyzer.analyze(node)));
      }
    }
    return arguments;
  }

  Argument.Body lambda(LambdaExpression lambda, List<SqlType> types) {
    if (lambda.getArguments().size() != types.size()) {
      throw Refusal.at(
          lambda,
          "Expected a lambda that takes %s argument(s) but got %s",
          types.size(),
          lambda.getArguments().size());
    }
    String parameter = Sql.name(environment.uniqueName("v"));
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Identifier name = lambda.getArguments().get(i).getName();
      String sql = types.size() == 1 ? parameter : parameter + ".p" + i;
      fields.add(
          new Field(
              List.of(),
              Optional.of(name.getValue()),
              Typed.name(sql, types.get(i)).with(Typed.Trait.PARAMETER),
              false));
    }
    // The parameters hide columns of the same name; the other columns stay where they are.
    List<Field> visible = new ArrayList<>(fields);
    clause.scope().fields().stream()
        .filter(
            column ->
                fields.stream()
                    .noneMatch(
                        own ->
                            own.matches(
                                List.of(column.name().orElse("").toLowerCase(Locale.ROOT)))))
        .forEach(visible::add);
    Scope scope = new Scope(visible, clause.scope().parent());
    Typed value = new ExpressionAnalyzer(environment, clause.in(scope)).analyze(lambda.getBody());
    if (value.has(Typed.Trait.SUBQUERY)
        || value.has(Typed.Trait.AGGREGATE)
        || value.has(Typed.Trait.WINDOW)) {
      throw Refusal.at(
          lambda.getBody(), "Lambda expression cannot contain subqueries, aggregations or windows");
    }
    return new Argument.Body(parameter, value);
  }
}
