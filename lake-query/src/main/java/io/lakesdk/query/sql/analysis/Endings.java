package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Sql;
import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.scope.Environment;
import io.lakesdk.query.sql.scope.Field;
import io.lakesdk.query.sql.scope.Relation;
import io.lakesdk.query.sql.scope.Rendered;
import io.lakesdk.query.sql.scope.Scope;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FetchFirst;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Renders ORDER BY, OFFSET and LIMIT. */
final class Endings {

  private static final SqlType TEXT = new SqlType.Varchar(Optional.empty());

  private final Environment environment;

  Endings(Environment environment) {
    this.environment = environment;
  }

  /** After a query that is no SELECT: only the columns of its result can be named. */
  Rendered over(Rendered query, Ending ending, Clause clause) {
    String name = Sql.name(environment.uniqueName("r"));
    List<Field> fields = Relation.fields(name, List.of(), query.outputs());
    Scope scope = new Scope(fields, clause.scope().parent());
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(environment, clause.in(scope));
    StringBuilder sql = new StringBuilder();
    sql.append("SELECT * FROM (").append(query.sql()).append(") AS ").append(name);
    List<String> ties = new ArrayList<>();
    StringBuilder ordered = new StringBuilder();
    ending
        .order()
        .ifPresent(
            order -> {
              List<String> items = new ArrayList<>();
              for (SortItem item : order.getSortItems()) {
                Optional<Integer> ordinal = ordinal(item, query.outputs().size());
                String key =
                    ordinal.isPresent()
                        ? ordinal.get().toString()
                        : sortKey(expressions, item).sql();
                items.add(SortItems.render(key, item));
                Typed value =
                    ordinal.isPresent()
                        ? fields.get(ordinal.get() - 1).value()
                        : Typed.name(key, TEXT);
                ties.add(SortItems.render(value.sql(), item));
              }
              ordered.append(" ORDER BY ").append(Sql.list(items));
            });
    sql.append(ties(ending, ties, expressions)).append(ordered);
    sql.append(counts(ending, expressions));
    return new Rendered(sql.toString(), query.outputs(), query.tokens());
  }

  static Typed sortKey(ExpressionAnalyzer expressions, SortItem item) {
    Typed key = expressions.analyze(item.getSortKey());
    Operators.requireSortable(item, key.type());
    return key;
  }

  /** The position in the select list that a sort item means, counted from 1. */
  static Optional<Integer> ordinal(SortItem item, int columns) {
    if (!(item.getSortKey() instanceof LongLiteral literal)) {
      return Optional.empty();
    }
    long position = literal.getParsedValue();
    if (position < 1 || position > columns) {
      throw Refusal.at(item.getSortKey(), "ORDER BY position %s is not in select list", position);
    }
    return Optional.of((int) position);
  }

  String counts(Ending ending, ExpressionAnalyzer expressions) {
    StringBuilder sql = new StringBuilder();
    if (ending.limit().isPresent()) {
      Node limit = ending.limit().get();
      if (limit instanceof FetchFirst fetch) {
        if (fetch.isWithTies()) {
          return "";
        }
        sql.append(" LIMIT ");
        sql.append(count(fetch, expressions));
      } else if (limit instanceof Limit rows && !(rows.getRowCount() instanceof AllRows)) {
        sql.append(" LIMIT ").append(count(rows.getRowCount(), expressions));
      }
    }
    ending
        .offset()
        .ifPresent(
            offset -> sql.append(" OFFSET ").append(count(offset.getRowCount(), expressions)));
    return sql.toString();
  }

  static boolean isWithTies(Ending ending) {
    return ending
        .limit()
        .filter(node -> node instanceof FetchFirst f && f.isWithTies())
        .isPresent();
  }

  /**
   * A condition on rows, and on those that are equal to the last of them, where FETCH asks for
   * ties.
   *
   * @param order the rendered items of ORDER BY, none of them a position
   */
  String ties(Ending ending, List<String> order, ExpressionAnalyzer expressions) {
    if (!isWithTies(ending)) {
      return "";
    }
    FetchFirst fetch = (FetchFirst) ending.limit().orElseThrow();
    if (order.isEmpty()) {
      throw Refusal.at(fetch, "FETCH FIRST WITH TIES clause requires ORDER BY");
    }
    String rows = count(fetch, expressions);
    String skipped =
        ending.offset().map(offset -> count(offset.getRowCount(), expressions)).orElse("0");
    String over = "() OVER (ORDER BY " + Sql.list(order) + ")";
    return " QUALIFY rank"
        + over
        + " <= "
        + rows
        + " + "
        + skipped
        + " AND row_number"
        + over
        + " > "
        + skipped;
  }

  /** How many rows LIMIT, or FETCH, and OFFSET ask for at most. */
  OptionalLong rows(Ending ending, ExpressionAnalyzer expressions) {
    Optional<Expression> limit =
        ending
            .limit()
            .flatMap(
                node ->
                    node instanceof Limit rows && !(rows.getRowCount() instanceof AllRows)
                        ? Optional.of(rows.getRowCount())
                        : node instanceof FetchFirst fetch
                            ? fetch.getRowCount()
                            : Optional.empty());
    if (limit.isEmpty()) {
      return OptionalLong.empty();
    }
    long most = number(limit.get(), expressions);
    long skipped =
        ending.offset().map(offset -> number(offset.getRowCount(), expressions)).orElse(0L);
    return most > Long.MAX_VALUE - skipped ? OptionalLong.empty() : OptionalLong.of(most + skipped);
  }

  private static long number(Expression rows, ExpressionAnalyzer expressions) {
    return expressions.analyze(rows).number().orElseThrow();
  }

  private static String count(FetchFirst fetch, ExpressionAnalyzer expressions) {
    if (fetch.getRowCount().isEmpty()) {
      return "1";
    }
    String count = count(fetch.getRowCount().get(), expressions);
    if (number(fetch.getRowCount().get(), expressions) == 0) {
      throw Refusal.at(fetch, "FETCH FIRST row count must be positive (actual value: 0)");
    }
    return count;
  }

  private static String count(Expression rows, ExpressionAnalyzer expressions) {
    Typed count = expressions.analyze(rows);
    boolean natural = count.number().filter(number -> number >= 0).isPresent();
    if (!natural || !Coercions.isInteger(count.type())) {
      throw Refusal.at(rows, "a number of rows must be a whole number, 0 or more");
    }
    return count.sql();
  }
}
