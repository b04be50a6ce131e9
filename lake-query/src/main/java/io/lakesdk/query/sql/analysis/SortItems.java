package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Typed;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;

/** ORDER BY as Trino orders: NULLs last, ascending or descending, unless told otherwise. */
final class SortItems {

  private SortItems() {}

  static String render(OrderBy order, ExpressionAnalyzer expressions) {
    List<String> items = new ArrayList<>();
    for (SortItem item : order.getSortItems()) {
      Typed key = expressions.analyze(item.getSortKey());
      Operators.requireSortable(item, key.type());
      items.add(render(key.sql(), item));
    }
    return String.join(", ", items);
  }

  static String render(String key, SortItem item) {
    String direction = item.getOrdering() == SortItem.Ordering.DESCENDING ? " DESC" : " ASC";
    boolean first = item.getNullOrdering() == SortItem.NullOrdering.FIRST;
    return key + direction + (first ? " NULLS FIRST" : " NULLS LAST");
  }
}
