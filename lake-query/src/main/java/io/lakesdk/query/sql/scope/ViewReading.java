package io.lakesdk.query.sql.scope;

import io.lakesdk.query.sql.RowCondition;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.ViewUse;
import io.lakesdk.query.sql.render.Typed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes known of one place where a view is read. What is known of its rows is passed on to
 * the tables whose columns its own are.
 */
public final class ViewReading implements Reading {

  private final Environment environment;
  private final SourceTable view;
  private final Map<String, Typed.Origin> origins = new HashMap<>();
  private final Set<String> tokens;
  private final int depth;
  private final Optional<String> within;
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * @param query that gives the view's columns, in their order
   */
  ViewReading(Environment environment, SourceTable view, Rendered query) {
    this.environment = environment;
    this.view = view;
    this.tokens = query.tokens();
    this.depth = environment.views().size() + 1;
    this.within = environment.views().stream().findFirst();
    for (int i = 0; i < view.columns().size(); i++) {
      String name = view.columns().get(i).name();
      query.outputs().get(i).origin().ifPresent(origin -> origins.put(name, origin));
    }
  }

  @Override
  public void use(String column) {
    columns.add(column);
  }

  @Override
  public void makeNullable() {
    tokens.forEach(token -> environment.reading(token).makeNullable());
  }

  @Override
  public void restrict(RowCondition condition) {
    Set<String> concerned = new HashSet<>();
    origins.values().forEach(origin -> concerned.add(origin.token()));
    for (String token : concerned) {
      RowCondition there = on(token, condition);
      if (!(there instanceof RowCondition.Any)) {
        environment.reading(token).restrict(there);
      }
    }
  }

  @Override
  public void limit(long rows) {
    // A row of the view may be made of any number of rows of tables.
  }

  /** What a condition on the view's columns says of the rows of one table. */
  private RowCondition on(String token, RowCondition condition) {
    if (condition instanceof RowCondition.Compare compare) {
      return column(token, compare.column())
          .<RowCondition>map(
              name -> new RowCondition.Compare(name, compare.operator(), compare.value()))
          .orElseGet(RowCondition::any);
    } else if (condition instanceof RowCondition.IsNull isNull) {
      return column(token, isNull.column())
          .<RowCondition>map(RowCondition.IsNull::new)
          .orElseGet(RowCondition::any);
    } else if (condition instanceof RowCondition.NotNull notNull) {
      return column(token, notNull.column())
          .<RowCondition>map(RowCondition.NotNull::new)
          .orElseGet(RowCondition::any);
    } else if (condition instanceof RowCondition.And and) {
      return RowCondition.all(
          and.all().stream()
              .map(part -> on(token, part))
              .filter(part -> !(part instanceof RowCondition.Any))
              .toList());
    } else if (condition instanceof RowCondition.Or or) {
      List<RowCondition> any = or.any().stream().map(part -> on(token, part)).toList();
      return any.stream().anyMatch(RowCondition.Any.class::isInstance)
          ? RowCondition.any()
          : new RowCondition.Or(any);
    }
    return RowCondition.any();
  }

  private Optional<String> column(String token, String column) {
    return Optional.ofNullable(origins.get(column))
        .filter(origin -> origin.token().equals(token))
        .map(Typed.Origin::column);
  }

  ViewUse use() {
    return new ViewUse(view, columns, depth, within);
  }
}
