package io.lakesdk.query.sql.analysis;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.syntax.Refusal;
import io.lakesdk.query.sql.type.Coercions;
import io.lakesdk.query.sql.type.SqlType;
import io.lakesdk.query.sql.type.SqlType.Simple;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The windows of window functions. */
final class Windows {

  private final Clause clause;
  private final ExpressionAnalyzer expressions;
  private final List<Typed> parts = new ArrayList<>();

  Windows(Clause clause, ExpressionAnalyzer expressions) {
    this.clause = clause;
    this.expressions = expressions;
  }

  /** The window as it stands in OVER, without its parentheses. */
  Typed render(Window window) {
    WindowSpecification specification =
        window instanceof WindowReference reference
            ? named(reference.getName())
            : (WindowSpecification) window;
    return Typed.of(sql(specification), Simple.UNKNOWN, parts);
  }

  private WindowSpecification named(Identifier name) {
    WindowSpecification found = clause.windows().get(name.getValue().toLowerCase(Locale.ROOT));
    if (found == null) {
      throw Refusal.at(name, "Cannot resolve WINDOW name %s", name.getValue());
    }
    return found;
  }

  private String sql(WindowSpecification window) {
    List<Expression> partition = window.getPartitionBy();
    Optional<OrderBy> order = window.getOrderBy();
    if (window.getExistingWindowName().isPresent()) {
      WindowSpecification base = named(window.getExistingWindowName().get());
      if (!partition.isEmpty() || base.getExistingWindowName().isPresent()) {
        throw Refusal.unsupported(window, "a window over a named window with PARTITION BY");
      }
      partition = base.getPartitionBy();
      order = order.isPresent() ? order : base.getOrderBy();
    }
    List<String> clauses = new ArrayList<>();
    if (!partition.isEmpty()) {
      List<Typed> keys = expressions.analyze(partition);
      parts.addAll(keys);
      clauses.add("PARTITION BY " + String.join(", ", keys.stream().map(Typed::sql).toList()));
    }
    Optional<SqlType> orderType = Optional.empty();
    if (order.isPresent()) {
      List<String> items = new ArrayList<>();
      for (SortItem item : order.get().getSortItems()) {
        Typed key = expressions.analyze(item.getSortKey());
        Operators.requireComparable(item, key.type());
        parts.add(key);
        orderType = Optional.of(key.type());
        // A constant is no ordinal here, and DuckDB does not take it for one.
        items.add(SortItems.render(key.sql(), item));
      }
      clauses.add("ORDER BY " + String.join(", ", items));
    }
    Optional<SqlType> type = orderType;
    window.getFrame().ifPresent(frame -> clauses.add(frame(frame, type)));
    return String.join(" ", clauses);
  }

  private String frame(WindowFrame frame, Optional<SqlType> order) {
    if (frame.getPattern().isPresent() || !frame.getMeasures().isEmpty()) {
      throw Refusal.unsupported(frame, "row pattern recognition in a window");
    }
    String start = bound(frame, frame.getStart(), order);
    String end = frame.getEnd().map(bound -> bound(frame, bound, order)).orElse("CURRENT ROW");
    return frame.getType().name() + " BETWEEN " + start + " AND " + end;
  }

  private String bound(WindowFrame frame, FrameBound bound, Optional<SqlType> order) {
    return switch (bound.getType()) {
      case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
      case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
      case CURRENT_ROW -> "CURRENT ROW";
      case PRECEDING -> distance(frame, bound, order) + " PRECEDING";
      case FOLLOWING -> distance(frame, bound, order) + " FOLLOWING";
    };
  }

  private String distance(WindowFrame frame, FrameBound bound, Optional<SqlType> order) {
    Expression node = bound.getValue().orElseThrow();
    Typed value = expressions.analyze(node);
    parts.add(value);
    boolean range = frame.getType() == WindowFrame.Type.RANGE;
    if (range && value.type() == Simple.INTERVAL_DAY_TO_SECOND) {
      return "to_milliseconds(" + value.sql() + ")";
    } else if (range && value.type() == Simple.INTERVAL_YEAR_TO_MONTH) {
      return "to_months(" + value.sql() + ")";
    }
    boolean fits =
        range
            ? Coercions.isNumeric(value.type()) && order.filter(Coercions::isNumeric).isPresent()
            : Coercions.isInteger(value.type());
    if (!fits) {
      throw Refusal.at(node, "Window frame bound of type %s is not supported here", value.type());
    }
    return value.sql();
  }
}
