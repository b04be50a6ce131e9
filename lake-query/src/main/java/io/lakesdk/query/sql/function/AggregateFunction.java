package io.lakesdk.query.sql.function;

import io.lakesdk.query.sql.render.Typed;
import io.lakesdk.query.sql.type.SqlType;
import java.util.List;

/** A line of a table: the signature of an aggregate or window function and what a call becomes. */
public record AggregateFunction(Signature signature, Kind kind, Body body) {

  /** Where a function may be called. */
  public enum Kind {
    /** Over groups and over windows. */
    AGGREGATE,
    /** Over windows only. */
    WINDOW
  }

  /** Renders a call. */
  public interface Body {
    /**
     * The call in SQL.
     *
     * @param call puts DISTINCT, ORDER BY, FILTER and OVER into each call of a DuckDB aggregate
     */
    Typed render(AggregateCall call, List<Typed> arguments, SqlType result);
  }
}
