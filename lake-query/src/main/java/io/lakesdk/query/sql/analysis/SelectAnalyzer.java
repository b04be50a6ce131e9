package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.NamedQueries;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.scope.RowConditions;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Refusal;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Understands SELECT with its clauses, in the order in which they take effect. */
final class SelectAnalyzer {

  private final Environment environment;
  private final Optional<Scope> outer;
  private final NamedQueries tables;

  SelectAnalyzer(Environment environment, Optional<Scope> outer, NamedQueries tables) {
    this.environment = environment;
    this.outer = outer;
    this.tables = tables;
  }

  Rendered analyze(QuerySpecification select) {
    Optional<Relation> from =
        select
            .getFrom()
            .map(
                relation ->
                    new RelationAnalyzer(environment, outer, tables).analyze(relation, List.of()));
    Scope scope = from.map(known -> new Scope(known.fields(), outer)).orElse(Scope.empty(outer));
    Clause source = new Clause(scope, tables, Optional.empty(), Map.of(), windows(select));
    StringBuilder sql = new StringBuilder();
    from.ifPresent(relation -> sql.append(" FROM ").append(relation.sql()));
    select.getWhere().ifPresent(where -> sql.append(" WHERE ").append(where(where, source, from)));

    Clause clause = source;
    boolean grouped = Grouping.isNeeded(select, environment.functions());
    if (grouped) {
      Grouping grouping = new Grouping(environment, clause);
      sql.append(grouping.render(select));
      clause = clause.grouped(grouping.keys());
    }
    List<SelectItems.Item> items =
        SelectItems.items(
            environment, select.getSelect().getSelectItems(), clause, from.isPresent());
    for (SelectItems.Item item : items) {
      requireGrouped(item.value(), item.expression());
    }
    if (select.getHaving().isPresent()) {
      sql.append(" HAVING ").append(having(select.getHaving().get(), clause));
    }
    boolean distinct = select.getSelect().isDistinct();
    boolean windowed = items.stream().anyMatch(item -> item.value().has(Typed.Trait.WINDOW));
    Ending all = new Ending(select.getOrderBy(), select.getOffset(), select.getLimit());
    boolean after = Endings.isWithTies(all) && (distinct || windowed);
    Ending ending = after ? new Ending(Optional.empty(), Optional.empty(), Optional.empty()) : all;
    sql.append(ending(ending, items, clause, distinct));

    List<String> aliases = Rendered.aliases(items.stream().map(SelectItems.Item::name).toList());
    boolean plain = !grouped && !windowed && ending.isEmpty();
    boolean first = !grouped && !windowed && !distinct && ending.order().isEmpty();
    if (first
        && select.getWhere().isEmpty()
        && from.filter(r -> r.tokens().size() == 1).isPresent()) {
      limit(select.getFrom().orElseThrow(), from.get(), ending, clause);
    }
    if (distinct) {
      items.forEach(item -> Operators.requireComparable(select.getSelect(), item.value().type()));
    }
    Rendered rendered =
        new Rendered(
            (distinct ? "SELECT DISTINCT " : "SELECT ") + SelectItems.sql(items, aliases) + sql,
            SelectItems.outputs(items, aliases, plain),
            plain ? from.map(Relation::tokens).orElse(Set.of()) : Set.of());
    return after ? new Endings(environment).over(rendered, all, source) : rendered;
  }

  /** Lets a table know that its first rows are enough. */
  private void limit(io.trino.sql.tree.Relation node, Relation from, Ending ending, Clause clause) {
    boolean isTable =
        node instanceof Table
            || (node instanceof AliasedRelation aliased && aliased.getRelation() instanceof Table);
    OptionalLong rows =
        new Endings(environment).rows(ending, new ExpressionAnalyzer(environment, clause));
    if (isTable && rows.isPresent()) {
      from.tokens().forEach(token -> environment.reading(token).limit(rows.getAsLong()));
    }
  }

  private static Map<String, WindowSpecification> windows(QuerySpecification select) {
    Map<String, WindowSpecification> windows = new HashMap<>();
    for (WindowDefinition definition : select.getWindows()) {
      String name = definition.getName().getValue().toLowerCase(Locale.ROOT);
      if (windows.put(name, definition.getWindow()) != null) {
        throw Refusal.at(definition, "WINDOW name '%s' specified more than once", name);
      }
    }
    return windows;
  }

  private String where(Expression where, Clause clause, Optional<Relation> from) {
    Typed condition = new ExpressionAnalyzer(environment, clause).condition(where, "WHERE clause");
    if (condition.has(Typed.Trait.AGGREGATE) || condition.has(Typed.Trait.WINDOW)) {
      throw new Grouping(environment, clause).misplaced(where, "WHERE");
    }
    from.ifPresent(
        relation -> RowConditions.restrict(condition.filters(), relation.tokens(), environment));
    return condition.sql();
  }

  private String having(Expression having, Clause clause) {
    Typed condition =
        new ExpressionAnalyzer(environment, clause).condition(having, "HAVING clause");
    if (condition.has(Typed.Trait.WINDOW)) {
      throw Refusal.at(
          new Grouping(environment, clause).window(having).orElse(having),
          "HAVING clause cannot contain window functions or row pattern measures");
    }
    requireGrouped(condition, Optional.of(having));
    return condition.sql();
  }

  private static void requireGrouped(Typed value, Optional<Expression> expression) {
    if (value.ungrouped().isPresent()) {
      Expression whole = expression.orElse(value.ungrouped().get());
      throw Refusal.at(
          whole,
          "'%s' must be an aggregate expression or appear in GROUP BY clause",
          Refusal.text(whole));
    }
  }

  private String ending(
      Ending ending, List<SelectItems.Item> items, Clause clause, boolean distinct) {
    Endings endings = new Endings(environment);
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(environment, clause.withAliases(aliases(items)));
    StringBuilder sql = new StringBuilder();
    if (ending.order().isPresent()) {
      List<String> keys = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (SortItem item : ending.order().get().getSortItems()) {
        requireClear(item, items);
        String key = sortKey(item, items, expressions, distinct);
        keys.add(SortItems.render(key, item));
        boolean position = key.chars().allMatch(Character::isDigit);
        String value = position ? items.get(Integer.parseInt(key) - 1).value().sql() : key;
        values.add(SortItems.render(value, item));
      }
      sql.append(endings.ties(ending, values, new ExpressionAnalyzer(environment, clause)));
      sql.append(" ORDER BY ").append(String.join(", ", keys));
    } else {
      sql.append(endings.ties(ending, List.of(), expressions));
    }
    return sql.append(endings.counts(ending, new ExpressionAnalyzer(environment, clause)))
        .toString();
  }

  /** A name that several items of the select list have cannot be sorted by. */
  private static void requireClear(SortItem item, List<SelectItems.Item> items) {
    if (item.getSortKey() instanceof Identifier name) {
      String sought = name.getValue();
      long found =
          items.stream()
              .filter(one -> one.name().filter(sought::equalsIgnoreCase).isPresent())
              .count();
      if (found > 1) {
        throw Refusal.at(name, "Column '%s' is ambiguous", sought);
      }
    }
  }

  private static String sortKey(
      SortItem item,
      List<SelectItems.Item> items,
      ExpressionAnalyzer expressions,
      boolean distinct) {
    Optional<Integer> ordinal = Endings.ordinal(item, items.size());
    if (ordinal.isPresent()) {
      SelectItems.Item chosen = items.get(ordinal.get() - 1);
      Operators.requireSortable(item, chosen.value().type());
      return ordinal.get().toString();
    }
    Typed key = Endings.sortKey(expressions, item);
    requireGrouped(key, Optional.of(item.getSortKey()));
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).value().sql().equals(key.sql())) {
        return Integer.toString(i + 1);
      }
    }
    if (distinct) {
      throw Refusal.at(
          item, "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
    }
    return key.sql();
  }

  /** The items that ORDER BY can name; a name that two different items have is no name. */
  private static Map<String, Typed> aliases(List<SelectItems.Item> items) {
    Map<String, Typed> aliases = new LinkedHashMap<>();
    Map<String, Integer> ambiguous = new HashMap<>();
    for (SelectItems.Item item : items) {
      item.name()
          .map(name -> name.toLowerCase(Locale.ROOT))
          .ifPresent(
              name -> {
                Typed known = aliases.putIfAbsent(name, item.value());
                if (known != null && !known.sql().equals(item.value().sql())) {
                  ambiguous.merge(name, 1, Integer::sum);
                }
              });
    }
    ambiguous.keySet().forEach(aliases::remove);
    return aliases;
  }
}
