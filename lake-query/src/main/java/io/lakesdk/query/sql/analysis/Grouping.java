package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.function.Functions;
import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Complexity;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.syntax.Refusal;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SimpleGroupBy;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SubqueryExpression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GROUP BY. */
final class Grouping {

  private static final double KEYS_OF_A_SET = 100;

  private final Environment environment;
  private final Clause clause;
  private final Set<String> keys = new LinkedHashSet<>();

  Grouping(Environment environment, Clause clause) {
    this.environment = environment;
    this.clause = clause;
  }

  /** Whether a query groups, with GROUP BY or without. */
  static boolean isNeeded(QuerySpecification select, Functions functions) {
    if (select.getGroupBy().isPresent() || select.getHaving().isPresent()) {
      return true;
    }
    AggregateFinder finder = new AggregateFinder(functions);
    select.getSelect().getSelectItems().forEach(item -> finder.process(item, null));
    select.getOrderBy().ifPresent(order -> finder.process(order, null));
    return finder.found;
  }

  /** The rendered expressions by which the query groups. */
  Set<String> keys() {
    return keys;
  }

  String render(QuerySpecification select) {
    if (select.getGroupBy().isEmpty()) {
      return " GROUP BY ()";
    }
    GroupBy groupBy = select.getGroupBy().get();
    List<String> elements = new ArrayList<>();
    double sets = 1;
    for (GroupingElement element : groupBy.getGroupingElements()) {
      elements.add(element(element, select));
      sets *= sets(element);
    }
    if (sets > 1) {
      // Sets of many keys count more.
      double count = sets * (1 + keys.size() / KEYS_OF_A_SET);
      environment.complexity().add(Complexity.Part.GROUPING_SET, (long) count, groupBy);
    }
    return " GROUP BY "
        + (groupBy.isDistinct() && sets > 1 ? distinct(groupBy, select) : Sql.list(elements));
  }

  /** Every set of keys once, written out. */
  private String distinct(GroupBy groupBy, QuerySpecification select) {
    Set<Set<String>> all = Set.of(Set.of());
    for (GroupingElement element : groupBy.getGroupingElements()) {
      Set<Set<String>> wider = new LinkedHashSet<>();
      for (Set<String> left : all) {
        for (Set<String> right : keySets(element, select)) {
          Set<String> both = new LinkedHashSet<>(left);
          both.addAll(right);
          wider.add(both);
        }
      }
      all = wider;
    }
    List<String> sets = all.stream().map(keys -> "(" + Sql.list(List.copyOf(keys)) + ")").toList();
    return "GROUPING SETS (" + Sql.list(sets) + ")";
  }

  private List<Set<String>> keySets(GroupingElement element, QuerySpecification select) {
    if (!(element instanceof GroupingSets grouping)) {
      SimpleGroupBy simple = (SimpleGroupBy) element;
      return List.of(new LinkedHashSet<>(keys(simple.getExpressions(), select)));
    }
    List<Set<String>> given = new ArrayList<>();
    grouping.getSets().forEach(set -> given.add(new LinkedHashSet<>(keys(set, select))));
    if (grouping.getType() == GroupingSets.Type.EXPLICIT) {
      return given;
    }
    List<Set<String>> sets = new ArrayList<>();
    boolean cube = grouping.getType() == GroupingSets.Type.CUBE;
    int count = cube ? 1 << given.size() : given.size() + 1;
    for (int i = 0; i < count; i++) {
      Set<String> set = new LinkedHashSet<>();
      for (int part = 0; part < given.size(); part++) {
        if (cube ? ((i >> part) & 1) == 1 : part < i) {
          set.addAll(given.get(part));
        }
      }
      sets.add(set);
    }
    return sets;
  }

  private static double sets(GroupingElement element) {
    if (!(element instanceof GroupingSets grouping)) {
      return 1;
    }
    int given = grouping.getSets().size();
    return switch (grouping.getType()) {
      case EXPLICIT -> given;
      case CUBE -> Math.pow(2, given);
      case ROLLUP -> given + 1;
    };
  }

  private String element(GroupingElement element, QuerySpecification select) {
    if (element instanceof SimpleGroupBy simple) {
      List<String> parts = keys(simple.getExpressions(), select);
      return parts.size() == 1 ? parts.get(0) : "(" + Sql.list(parts) + ")";
    }
    if (element instanceof GroupingSets sets) {
      List<String> each = new ArrayList<>();
      for (List<Expression> set : sets.getSets()) {
        List<String> parts = keys(set, select);
        each.add(parts.size() == 1 ? parts.get(0) : "(" + Sql.list(parts) + ")");
      }
      String kind =
          switch (sets.getType()) {
            case EXPLICIT -> "GROUPING SETS";
            case CUBE -> "CUBE";
            case ROLLUP -> "ROLLUP";
          };
      return kind + " (" + Sql.list(each) + ")";
    }
    throw Refusal.unsupported(element, element.getClass().getSimpleName());
  }

  private List<String> keys(List<Expression> expressions, QuerySpecification select) {
    List<String> parts = new ArrayList<>();
    for (Expression expression : expressions) {
      Typed key = new ExpressionAnalyzer(environment, clause).analyze(meant(expression, select));
      if (key.has(Typed.Trait.AGGREGATE) || key.has(Typed.Trait.WINDOW)) {
        throw misplaced(expression, "GROUP BY");
      }
      environment.complexity().add(Complexity.Part.GROUPING_KEY, expression);
      keys.add(key.sql());
      parts.add(key.sql());
    }
    return parts;
  }

  /** The refusal of a clause that has aggregations or windows in it. */
  RuntimeException misplaced(Expression expression, String where) {
    AggregateFinder finder = new AggregateFinder(environment.functions());
    finder.process(expression, null);
    List<Expression> found = new ArrayList<>(finder.aggregates);
    found.addAll(finder.windows);
    found.addAll(finder.groupings);
    return Refusal.at(
        found.isEmpty() ? expression : found.get(0),
        "%s clause cannot contain aggregations, window functions or grouping operations: %s",
        where,
        found.stream().map(Refusal::text).toList());
  }

  /** The first window in an expression. */
  Optional<Expression> window(Expression expression) {
    AggregateFinder finder = new AggregateFinder(environment.functions());
    finder.process(expression, null);
    return finder.windows.stream().findFirst();
  }

  private static Expression meant(Expression expression, QuerySpecification select) {
    if (!(expression instanceof LongLiteral literal)) {
      return expression;
    }
    List<SelectItem> items = select.getSelect().getSelectItems();
    long position = literal.getParsedValue();
    if (position < 1 || position > items.size()) {
      throw Refusal.at(expression, "GROUP BY position %s is not in select list", position);
    }
    if (items.subList(0, (int) position).stream().allMatch(SingleColumn.class::isInstance)) {
      return ((SingleColumn) items.get((int) position - 1)).getExpression();
    }
    throw Refusal.unsupported(expression, "GROUP BY a position after *");
  }

  private static final class AggregateFinder extends DefaultTraversalVisitor<@Nullable Void> {

    private final Functions functions;
    private final List<Expression> aggregates = new ArrayList<>();
    private final List<Expression> windows = new ArrayList<>();
    private final List<Expression> groupings = new ArrayList<>();
    private boolean found;

    AggregateFinder(Functions functions) {
      this.functions = functions;
    }

    @Override
    protected @Nullable Void visitFunctionCall(FunctionCall node, @Nullable Void context) {
      String name = node.getName().getSuffix().toLowerCase(Locale.ROOT);
      boolean aggregate = node.getWindow().isEmpty() && functions.isAggregate(name);
      found |= aggregate;
      if (aggregate) {
        aggregates.add(node);
      } else if (node.getWindow().isPresent()) {
        windows.add(node);
      }
      return super.visitFunctionCall(node, null);
    }

    @Override
    protected @Nullable Void visitGroupingOperation(
        GroupingOperation node, @Nullable Void context) {
      found = true;
      groupings.add(node);
      return null;
    }

    @Override
    protected @Nullable Void visitSubqueryExpression(
        SubqueryExpression node, @Nullable Void context) {
      return null;
    }
  }
}
