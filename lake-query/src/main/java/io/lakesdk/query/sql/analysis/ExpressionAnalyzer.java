package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.function.Argument;
import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Raise;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Template;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.render.UnsupportedCall;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.RowConditions;
import io.lakesdk.query.sql.syntax.Literals;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.lakesdk.query.sql.type.SqlTypes;
import io.trino.sql.tree.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Understands an expression: resolves its names, types it, renders it. What has no method here is
 * refused by its name.
 */
final class ExpressionAnalyzer extends AstVisitor<Typed, @Nullable Void> {

  /** Expressions that are written several times must not grow without bound. */
  private static final int MAX_LENGTH = 4_000_000;

  private static final int MAX_DEPTH = 400;
  private static final Template ELEMENT =
      Template.of(
          "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {1} = 0 THEN {a} WHEN {1} < 0"
              + " THEN {b} WHEN {1} > len({0}) THEN {c} ELSE {0}[{1}] END");
  private static final Template ENTRY =
      Template.of(
          "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN map_contains({0}, {1}) THEN"
              + " {0}[{1}] ELSE {a} END");

  private final Environment environment;
  private final Clause clause;
  private final Operators operators = new Operators();
  private final Conditionals conditionals;
  private final Calls calls;
  private final JsonExpressions jsonExpressions;
  private final Subqueries subqueries;
  private final Names names;
  private int depth;

  ExpressionAnalyzer(Environment environment, Clause clause) {
    this.environment = environment;
    this.clause = clause;
    this.conditionals = new Conditionals(this);
    this.calls = new Calls(environment, clause, this);
    this.jsonExpressions = new JsonExpressions(this, calls);
    this.subqueries = new Subqueries(environment, clause, this);
    this.names = new Names(environment, clause);
  }

  /** The expression, understood. */
  Typed analyze(Expression expression) {
    if (++depth > MAX_DEPTH) {
      throw Refusal.at(
          expression, "it nests too deeply, or chains too many operators; split it with WITH");
    }
    Typed typed;
    try {
      typed = process(expression, null);
    } catch (UnsupportedCall e) {
      throw Refusal.at(expression, "%s", e.reason());
    } finally {
      depth--;
    }
    if (typed.sql().length() > MAX_LENGTH
        || SqlTypes.isWide(typed.type(), Complexity.MOST_COLUMNS)) {
      throw Complexity.tooLarge(expression);
    }
    environment.complexity().write(typed.sql().length(), expression);
    boolean isKey = clause.keys().filter(keys -> keys.contains(typed.sql())).isPresent();
    return isKey ? typed.withUngrouped(Optional.empty()) : typed;
  }

  List<Typed> analyze(List<? extends Expression> expressions) {
    List<Typed> all = new ArrayList<>();
    expressions.forEach(expression -> all.add(analyze(expression)));
    return all;
  }

  Argument.Body lambda(LambdaExpression lambda, List<SqlType> types) {
    return calls.lambda(lambda, types);
  }

  /** A condition: boolean, or NULL. */
  Typed condition(Expression expression, String place) {
    Typed typed = analyze(expression);
    if (!Coercions.canCoerce(typed.type(), Simple.BOOLEAN)) {
      throw Refusal.at(
          expression, "%s must evaluate to a boolean (actual: %s)", place, typed.type());
    }
    return typed.type() == Simple.BOOLEAN ? typed : Casts.coerce(typed, Simple.BOOLEAN);
  }

  /** The value as the type, if it turns into that by itself. */
  Typed coerced(Expression expression, SqlType type, String what) {
    Typed typed = analyze(expression);
    if (!Coercions.canCoerce(typed.type(), type)) {
      throw Refusal.at(
          expression, "%s must evaluate to a %s (actual: %s)", what, type, typed.type());
    }
    return Casts.coerce(typed, type);
  }

  @Override
  protected Typed visitNode(Node node, @Nullable Void context) {
    String name = node.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    throw Refusal.unsupported(node, name.toLowerCase(Locale.ROOT));
  }

  @Override
  protected Typed visitIdentifier(Identifier node, @Nullable Void context) {
    return names.resolve(node);
  }

  @Override
  protected Typed visitDereferenceExpression(DereferenceExpression node, @Nullable Void context) {
    return names.dereference(node, this);
  }

  @Override
  protected Typed visitParameter(Parameter node, @Nullable Void context) {
    return environment.parameter(node.getId());
  }

  @Override
  protected Typed visitNullLiteral(NullLiteral node, @Nullable Void context) {
    return Literals.unknown();
  }

  @Override
  protected Typed visitBooleanLiteral(BooleanLiteral node, @Nullable Void context) {
    return Literals.bool(node.getValue());
  }

  @Override
  protected Typed visitLongLiteral(LongLiteral node, @Nullable Void context) {
    return Literals.whole(node);
  }

  @Override
  protected Typed visitDoubleLiteral(DoubleLiteral node, @Nullable Void context) {
    return Literals.floating(node.getValue());
  }

  @Override
  protected Typed visitDecimalLiteral(DecimalLiteral node, @Nullable Void context) {
    return Literals.decimal(node);
  }

  @Override
  protected Typed visitStringLiteral(StringLiteral node, @Nullable Void context) {
    return Literals.text(node);
  }

  @Override
  protected Typed visitBinaryLiteral(BinaryLiteral node, @Nullable Void context) {
    return Literals.bytes(node);
  }

  @Override
  protected Typed visitGenericLiteral(GenericLiteral node, @Nullable Void context) {
    if (node.getType().equalsIgnoreCase("json")) {
      return calls.named(node, "json_parse", List.of(new StringLiteral(node.getValue())));
    }
    return Literals.generic(node);
  }

  @Override
  protected Typed visitCharLiteral(CharLiteral node, @Nullable Void context) {
    return Literals.fixed(node);
  }

  @Override
  protected Typed visitTimestampLiteral(TimestampLiteral node, @Nullable Void context) {
    return Literals.timestamp(node);
  }

  @Override
  protected Typed visitTimeLiteral(TimeLiteral node, @Nullable Void context) {
    return Literals.time(node);
  }

  @Override
  protected Typed visitIntervalLiteral(IntervalLiteral node, @Nullable Void context) {
    return Literals.interval(node);
  }

  @Override
  protected Typed visitCurrentTime(CurrentTime node, @Nullable Void context) {
    return conditionals.currentTime(node, environment.now());
  }

  @Override
  protected Typed visitJsonObject(JsonObject node, @Nullable Void context) {
    return jsonExpressions.object(node);
  }

  @Override
  protected Typed visitJsonArray(JsonArray node, @Nullable Void context) {
    return jsonExpressions.array(node);
  }

  @Override
  protected Typed visitJsonExists(JsonExists node, @Nullable Void context) {
    return jsonExpressions.exists(node);
  }

  @Override
  protected Typed visitJsonValue(JsonValue node, @Nullable Void context) {
    return jsonExpressions.value(node);
  }

  @Override
  protected Typed visitJsonQuery(JsonQuery node, @Nullable Void context) {
    return jsonExpressions.query(node);
  }

  @Override
  protected Typed visitAtTimeZone(AtTimeZone node, @Nullable Void context) {
    return calls.named(node, "at_timezone", List.of(node.getValue(), node.getTimeZone()));
  }

  @Override
  protected Typed visitArithmeticBinary(ArithmeticBinaryExpression node, @Nullable Void context) {
    return operators.arithmetic(node, analyze(node.getLeft()), analyze(node.getRight()));
  }

  @Override
  protected Typed visitArithmeticUnary(ArithmeticUnaryExpression node, @Nullable Void context) {
    return operators.signed(node, analyze(node.getValue()));
  }

  @Override
  protected Typed visitComparisonExpression(ComparisonExpression node, @Nullable Void context) {
    return operators.compare(
        node, node.getOperator(), analyze(node.getLeft()), analyze(node.getRight()));
  }

  @Override
  protected Typed visitBetweenPredicate(BetweenPredicate node, @Nullable Void context) {
    return operators.between(
        node, analyze(node.getValue()), analyze(node.getMin()), analyze(node.getMax()));
  }

  @Override
  protected Typed visitLogicalExpression(LogicalExpression node, @Nullable Void context) {
    boolean and = node.getOperator() == LogicalExpression.Operator.AND;
    if (!and) {
      long several = node.getTerms().stream().filter(LogicalExpression.class::isInstance).count();
      environment.complexity().add(Complexity.Part.ALTERNATIVE, several, node);
    }
    List<Typed> terms = new ArrayList<>();
    for (Expression term : node.getTerms()) {
      terms.add(condition(term, "Logical expression term"));
    }
    String between = and ? " AND " : " OR ";
    String sql = "(" + String.join(between, terms.stream().map(Typed::sql).toList()) + ")";
    var filters = terms.stream().map(Typed::filters).toList();
    return Typed.of(sql, Simple.BOOLEAN, terms)
        .withFilters(and ? RowConditions.and(filters) : RowConditions.or(filters));
  }

  @Override
  protected Typed visitNotExpression(NotExpression node, @Nullable Void context) {
    Typed value = condition(node.getValue(), "Value of logical NOT expression");
    return Typed.of("(NOT " + value.sql() + ")", Simple.BOOLEAN, value);
  }

  @Override
  protected Typed visitIsNullPredicate(IsNullPredicate node, @Nullable Void context) {
    Typed value = analyze(node.getValue());
    return Typed.of("(" + value.sql() + " IS NULL)", Simple.BOOLEAN, value)
        .withFilters(RowConditions.isNull(value));
  }

  @Override
  protected Typed visitIsNotNullPredicate(IsNotNullPredicate node, @Nullable Void context) {
    Typed value = analyze(node.getValue());
    return Typed.of("(" + value.sql() + " IS NOT NULL)", Simple.BOOLEAN, value)
        .withFilters(RowConditions.isNotNull(value));
  }

  @Override
  protected Typed visitInPredicate(InPredicate node, @Nullable Void context) {
    if (node.getValueList() instanceof InListExpression list) {
      List<Expression> all = new ArrayList<>(List.of(node.getValue()));
      all.addAll(list.getValues());
      return operators.in(all, analyze(all));
    }
    return subqueries.in(node);
  }

  @Override
  protected Typed visitLikePredicate(LikePredicate node, @Nullable Void context) {
    SqlType text = new SqlType.Varchar(Optional.empty());
    Typed value = coerced(node.getValue(), text, "Left side of LIKE expression");
    Typed pattern = coerced(node.getPattern(), text, "Pattern for LIKE expression");
    List<Typed> parts = new ArrayList<>(List.of(value, pattern));
    String sql = value.sql() + " LIKE " + pattern.sql();
    if (node.getEscape().isPresent()) {
      Typed escape = coerced(node.getEscape().get(), text, "Escape for LIKE expression");
      if (escape.text().filter(chars -> chars.length() != 1).isPresent()) {
        throw Refusal.at(node.getEscape().get(), "Escape string must be a single character");
      }
      parts.add(escape);
      Optional<String> known = pattern.text().filter(chars -> escape.text().isPresent());
      if (known.filter(chars -> misplaced(chars, escape.text().get().charAt(0))).isPresent()) {
        throw Refusal.at(
            node.getPattern(),
            "Escape character must be followed by '%%', '_' or the escape character itself");
      }
      sql =
          escape.text().isPresent()
              ? sql + " ESCAPE " + Sql.text(escape.text().orElseThrow())
              : "like_escape(" + value.sql() + ", " + pattern.sql() + ", " + escape.sql() + ")";
    }
    return Typed.of("(" + sql + ")", Simple.BOOLEAN, parts);
  }

  /** Whether an escape character stands before something else than it may. */
  private static boolean misplaced(String pattern, char escape) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == escape) {
        i++;
        boolean fits = i < pattern.length() && ("%_" + escape).indexOf(pattern.charAt(i)) >= 0;
        if (!fits) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  protected Typed visitCast(Cast node, @Nullable Void context) {
    Typed value = analyze(node.getExpression());
    SqlType type = TypeNames.read(node.getType(), node);
    Typed cast =
        Casts.cast(value, type)
            .orElseThrow(() -> Refusal.at(node, "Cannot cast %s to %s", value.type(), type));
    return node.isSafe() ? conditionals.attempted(node, cast) : cast;
  }

  @Override
  protected Typed visitTryExpression(TryExpression node, @Nullable Void context) {
    return conditionals.attempted(node, analyze(node.getInnerExpression()));
  }

  @Override
  protected Typed visitIfExpression(IfExpression node, @Nullable Void context) {
    return conditionals.choose(node);
  }

  @Override
  protected Typed visitSearchedCaseExpression(SearchedCaseExpression node, @Nullable Void context) {
    return conditionals.choose(node);
  }

  @Override
  protected Typed visitSimpleCaseExpression(SimpleCaseExpression node, @Nullable Void context) {
    return conditionals.choose(node);
  }

  @Override
  protected Typed visitCoalesceExpression(CoalesceExpression node, @Nullable Void context) {
    return conditionals.coalesce(node);
  }

  @Override
  protected Typed visitNullIfExpression(NullIfExpression node, @Nullable Void context) {
    return conditionals.nullIf(node, operators);
  }

  @Override
  protected Typed visitExtract(Extract node, @Nullable Void context) {
    return calls.extract(node);
  }

  @Override
  protected Typed visitTrim(Trim node, @Nullable Void context) {
    List<Expression> arguments = new ArrayList<>(List.of(node.getTrimSource()));
    node.getTrimCharacter().ifPresent(arguments::add);
    return calls.named(node, node.getSpecification().getFunctionName(), arguments);
  }

  @Override
  protected Typed visitFormat(Format node, @Nullable Void context) {
    List<Expression> values = node.getArguments().subList(1, node.getArguments().size());
    return calls.named(node, "format", List.of(node.getArguments().get(0), new Row(values)));
  }

  @Override
  protected Typed visitFunctionCall(FunctionCall node, @Nullable Void context) {
    return calls.call(node);
  }

  @Override
  protected Typed visitGroupingOperation(GroupingOperation node, @Nullable Void context) {
    List<Typed> columns = analyze(node.getGroupingColumns());
    String sql = "GROUPING(" + Sql.list(columns.stream().map(Typed::sql).toList()) + ")";
    return Typed.of(Sql.cast(sql, Simple.INTEGER), Simple.INTEGER, columns)
        .with(Typed.Trait.AGGREGATE);
  }

  @Override
  protected Typed visitArray(Array node, @Nullable Void context) {
    List<Typed> values = analyze(node.getValues());
    SqlType element = Operators.same(node.getValues(), values, "All ARRAY elements");
    List<String> coerced =
        values.stream().map(value -> Casts.coerce(value, element).sql()).toList();
    SqlType type = new SqlType.Array(element);
    String list = "[" + Sql.list(coerced) + "]";
    return Typed.of(element == Simple.UNKNOWN ? Sql.cast(list, type) : list, type, values);
  }

  @Override
  protected Typed visitRow(Row node, @Nullable Void context) {
    List<Typed> values = analyze(node.getItems());
    SqlType.Row type =
        new SqlType.Row(
            values.stream()
                .map(value -> new SqlType.Field(Optional.empty(), value.type()))
                .toList());
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      fields.add(Sql.name(type.duckName(i)) + " := " + values.get(i).sql());
    }
    return Typed.of("struct_pack(" + Sql.list(fields) + ")", type, values);
  }

  @Override
  protected Typed visitSubscriptExpression(SubscriptExpression node, @Nullable Void context) {
    Typed base = analyze(node.getBase());
    Typed index = analyze(node.getIndex());
    if (base.type() instanceof SqlType.Array array && Coercions.isInteger(index.type())) {
      SqlType element = array.element();
      return ELEMENT
          .with(
              Raise.ARRAY_INDEX_ZERO.sql(element),
              Raise.ARRAY_INDEX_NEGATIVE.sql(element),
              Raise.ARRAY_INDEX_TOO_LARGE.sql(element))
          .fill(List.of(base, index), element);
    }
    if (base.type() instanceof SqlType.MapOf map && Coercions.canCoerce(index.type(), map.key())) {
      return ENTRY
          .with(Raise.KEY_NOT_PRESENT.sql(map.value()))
          .fill(List.of(base, Casts.coerce(index, map.key())), map.value());
    }
    if (base.type() instanceof SqlType.Row row) {
      long field = index.number().orElse(0L);
      if (field < 1 || field > row.fields().size()) {
        throw Refusal.at(node.getIndex(), "ROW index must be a constant from 1 to its size");
      }
      return Names.field(base, row, (int) field - 1);
    }
    throw Refusal.at(node, "Cannot use %s for subscript of %s", index.type(), base.type());
  }

  @Override
  protected Typed visitSubqueryExpression(SubqueryExpression node, @Nullable Void context) {
    return subqueries.scalar(node);
  }

  @Override
  protected Typed visitExists(ExistsPredicate node, @Nullable Void context) {
    return subqueries.exists(node);
  }

  @Override
  protected Typed visitQuantifiedComparisonExpression(
      QuantifiedComparisonExpression node, @Nullable Void context) {
    return subqueries.quantified(node, operators);
  }
}
