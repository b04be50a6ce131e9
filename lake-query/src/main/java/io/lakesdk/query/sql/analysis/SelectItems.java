package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.Output;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.syntax.TypeNames;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The select list: what {@code *} stands for, and what its items are called. */
final class SelectItems {

  /** An item with its name, and the expression that it was, unless {@code *} gave it. */
  record Item(Optional<String> name, Typed value, Optional<Expression> expression) {}

  private SelectItems() {}

  static List<Item> items(
      Environment environment, List<SelectItem> select, Clause clause, boolean hasFrom) {
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(environment, clause);
    List<Item> items = new ArrayList<>();
    for (SelectItem item : select) {
      if (item instanceof SingleColumn column) {
        items.add(
            new Item(
                column.getAlias().map(TypeNames::columnName).or(() -> implied(column)),
                expressions.analyze(column.getExpression()),
                Optional.of(column.getExpression())));
      } else if (item instanceof AllColumns all) {
        items.addAll(all(environment, all, clause, hasFrom));
      }
      Complexity.requireFewColumns(items.size(), item);
    }
    return items;
  }

  private static Optional<String> implied(SingleColumn column) {
    if (column.getExpression() instanceof Identifier name) {
      return Optional.of(TypeNames.columnName(name));
    } else if (column.getExpression() instanceof DereferenceExpression path
        && DereferenceExpression.getQualifiedName(path) != null) {
      return path.getField().map(TypeNames::columnName);
    }
    return Optional.empty();
  }

  private static List<Item> all(
      Environment environment, AllColumns all, Clause clause, boolean hasFrom) {
    if (!all.getAliases().isEmpty()) {
      throw Refusal.unsupported(all, "* with column names");
    }
    if (!hasFrom) {
      throw Refusal.at(all, "SELECT * not allowed in queries without FROM clause");
    }
    List<String> qualifier = List.of();
    if (all.getTarget().isPresent()) {
      qualifier = qualifier(all.getTarget().get());
    }
    List<Item> items = new ArrayList<>();
    boolean known = qualifier.isEmpty();
    for (Field field : clause.scope().fields()) {
      if (field.isQualifiedBy(qualifier)) {
        known = true;
        if (field.listed()) {
          items.add(item(environment, field, clause, all));
        }
      }
    }
    if (!known) {
      throw Refusal.at(all, "Unable to resolve reference %s", String.join(".", qualifier));
    }
    return items;
  }

  private static Item item(Environment environment, Field field, Clause clause, AllColumns all) {
    Typed value = field.value();
    value.origin().ifPresent(origin -> environment.reading(origin.token()).use(origin.column()));
    if (clause.keys().filter(keys -> !keys.contains(value.sql())).isPresent()) {
      throw Refusal.at(all, "Column '%s' not in GROUP BY clause", field.name().orElse("*"));
    }
    return new Item(field.name(), value, Optional.empty());
  }

  private static List<String> qualifier(Expression target) {
    if (target instanceof Identifier name) {
      return List.of(name.getValue().toLowerCase(Locale.ROOT));
    }
    if (target instanceof DereferenceExpression path) {
      QualifiedName name = DereferenceExpression.getQualifiedName(path);
      if (name != null) {
        return name.getParts();
      }
    }
    throw Refusal.unsupported(target, "all fields of a row");
  }

  /** The select list in SQL, each item under its alias. */
  static String sql(List<Item> items, List<String> aliases) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      texts.add(items.get(i).value().sql() + " AS " + Sql.name(aliases.get(i)));
    }
    return Sql.list(texts);
  }

  /** TABLE t: all its columns. */
  static Rendered all(Environment environment, Relation relation) {
    List<Item> items = new ArrayList<>();
    for (Field field : relation.fields()) {
      if (field.listed()) {
        Typed value = field.value();
        value
            .origin()
            .ifPresent(origin -> environment.reading(origin.token()).use(origin.column()));
        items.add(new Item(field.name(), value, Optional.empty()));
      }
    }
    List<String> aliases = Rendered.aliases(items.stream().map(Item::name).toList());
    String sql = "SELECT " + sql(items, aliases) + " FROM " + relation.sql();
    return new Rendered(sql, outputs(items, aliases, true), Set.copyOf(relation.tokens()));
  }

  static List<Output> outputs(List<Item> items, List<String> aliases, boolean plain) {
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      outputs.add(
          new Output(
              item.name(),
              aliases.get(i),
              item.value().type(),
              plain ? item.value().origin() : Optional.empty()));
    }
    return outputs;
  }
}
