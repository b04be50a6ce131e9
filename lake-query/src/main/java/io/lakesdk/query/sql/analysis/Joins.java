package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Casts;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.RowConditions;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Joins of every kind. */
final class Joins {

  /** Each makes planning longer by a fifth of what it was. */
  private static final int MOST_DEPENDENT = 16;

  private final Environment environment;
  private final RelationAnalyzer relations;

  Joins(Environment environment, RelationAnalyzer relations) {
    this.environment = environment;
    this.relations = relations;
  }

  Relation analyze(Join join, List<Field> before) {
    environment.complexity().add(Complexity.Part.JOIN, join);
    requireFewDependent(join);
    Relation left = relations.analyze(join.getLeft(), before);
    List<Field> visible = new ArrayList<>(before);
    visible.addAll(left.fields());
    Relation right = relations.analyze(join.getRight(), visible);
    boolean dependent = isDependent(join.getRight());
    Join.Type type = join.getType();
    if (dependent && (type == Join.Type.RIGHT || type == Join.Type.FULL)) {
      throw Refusal.at(join, "%s JOIN involving UNNEST or LATERAL is not supported", type.name());
    }
    if (type == Join.Type.LEFT && isUnnest(join.getRight())) {
      requireAlways(join);
    }
    if (type == Join.Type.LEFT || type == Join.Type.FULL) {
      right.tokens().forEach(token -> environment.reading(token).makeNullable());
    }
    if (type == Join.Type.RIGHT || type == Join.Type.FULL) {
      left.tokens().forEach(token -> environment.reading(token).makeNullable());
    }
    String rightSql = join.getRight() instanceof Join ? "(" + right.sql() + ")" : right.sql();
    if (type == Join.Type.CROSS || type == Join.Type.IMPLICIT) {
      List<Field> fields = new ArrayList<>(left.fields());
      fields.addAll(right.fields());
      return new Relation(
          left.sql() + " CROSS JOIN " + rightSql,
          fields,
          Relation.union(left.tokens(), right.tokens()));
    }
    JoinCriteria criteria = join.getCriteria().orElseThrow();
    String joined = left.sql() + " " + type.name() + " JOIN " + rightSql;
    if (criteria instanceof JoinUsing using) {
      return using(join, using, left, right, joined);
    } else if (criteria instanceof JoinOn on) {
      return on(join, on.getExpression(), left, right, joined);
    }
    throw Refusal.at(join, "Natural join not supported");
  }

  private static void requireFewDependent(Join join) {
    int dependent = 0;
    Node node = join;
    while (node instanceof Join inner) {
      dependent += isDependent(inner.getRight()) ? 1 : 0;
      node = inner.getLeft();
    }
    if (dependent > MOST_DEPENDENT) {
      throw Refusal.unsupported(
          join, "a FROM with more than " + MOST_DEPENDENT + " joins with UNNEST or LATERAL");
    }
  }

  private static void requireAlways(Join join) {
    boolean always =
        join.getCriteria().orElseThrow() instanceof JoinOn on
            && on.getExpression().equals(BooleanLiteral.TRUE_LITERAL);
    if (!always) {
      Node place = join.getCriteria().get() instanceof JoinOn on ? on.getExpression() : join;
      throw Refusal.at(
          place, "LEFT JOIN involving UNNEST is only supported with condition ON TRUE");
    }
  }

  private static boolean isUnnest(Node node) {
    return node instanceof Unnest
        || (node instanceof AliasedRelation aliased && isUnnest(aliased.getRelation()));
  }

  private static boolean isDependent(Node node) {
    return node instanceof Unnest
        || node instanceof Lateral
        || (node instanceof AliasedRelation aliased && isDependent(aliased.getRelation()));
  }

  private Relation on(
      Join join, Expression condition, Relation left, Relation right, String joined) {
    environment.complexity().add(Complexity.Part.JOIN_CONDITION, conditions(condition), join);
    List<Field> fields = new ArrayList<>(left.fields());
    fields.addAll(right.fields());
    Set<String> tokens = Relation.union(left.tokens(), right.tokens());
    Clause clause = Clause.of(new Scope(fields, relations.outer()), relations.tables());
    Typed on = new ExpressionAnalyzer(environment, clause).condition(condition, "JOIN ON clause");
    if (on.has(Typed.Trait.AGGREGATE) || on.has(Typed.Trait.WINDOW)) {
      throw Refusal.at(
          condition,
          "JOIN clause cannot contain aggregations, window functions or grouping operations");
    }
    // Rows of a side that an outer join keeps are kept whether the condition holds or not.
    Set<String> restricted =
        switch (join.getType()) {
          case INNER -> tokens;
          case LEFT -> right.tokens();
          case RIGHT -> left.tokens();
          default -> Set.of();
        };
    RowConditions.restrict(on.filters(), restricted, environment);
    return new Relation(joined + " ON " + on.sql(), fields, tokens);
  }

  private static long conditions(Expression condition) {
    return condition instanceof LogicalExpression logical
        ? logical.getTerms().stream().mapToLong(Joins::conditions).sum()
        : 1;
  }

  private Relation using(Join join, JoinUsing using, Relation left, Relation right, String joined) {
    List<Field> fields = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    List<Field> used = new ArrayList<>();
    for (Identifier column : using.getColumns()) {
      Field one = only(column, left, "left");
      Field two = only(column, right, "right");
      used.addAll(List.of(one, two));
      SqlType common =
          Coercions.common(one.value().type(), two.value().type())
              .orElseThrow(
                  () ->
                      Refusal.at(
                          column,
                          "Column types of left and right side of join do not match for '%s'",
                          column.getValue()));
      Operators.requireComparable(column, common);
      Typed first = Casts.coerce(one.value(), common);
      Typed second = Casts.coerce(two.value(), common);
      conditions.add("(" + first.sql() + " = " + second.sql() + ")");
      fields.add(
          new Field(List.of(), one.name(), merged(join.getType(), first, second, common), true));
    }
    for (Relation side : List.of(left, right)) {
      side.fields().stream().filter(field -> !used.contains(field)).forEach(fields::add);
    }
    return new Relation(
        joined + " ON " + String.join(" AND ", conditions),
        fields,
        Relation.union(left.tokens(), right.tokens()));
  }

  private static Typed merged(Join.Type type, Typed left, Typed right, SqlType common) {
    return switch (type) {
      case INNER, LEFT -> left;
      case RIGHT -> right;
      default -> Typed.name("coalesce(" + left.sql() + ", " + right.sql() + ")", common);
    };
  }

  private Field only(Identifier column, Relation side, String name) {
    List<Field> matching =
        side.fields().stream()
            .filter(field -> field.matches(List.of(column.getValue().toLowerCase(Locale.ROOT))))
            .toList();
    if (matching.size() != 1) {
      throw Refusal.at(
          column,
          matching.isEmpty()
              ? "Column '%s' is missing from %s side of join"
              : "Column '%s' is ambiguous on the %s side of join",
          column.getValue(),
          name);
    }
    Optional<Typed.Origin> origin = matching.get(0).value().origin();
    origin.ifPresent(known -> environment.reading(known.token()).use(known.column()));
    return matching.get(0);
  }
}
