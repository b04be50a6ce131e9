package io.lakesdk.query.embedded;

import io.lakesdk.Lake;
import io.lakesdk.query.Bill;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.Workgroups;
import io.lakesdk.query.embedded.workgroup.EmbeddedWorkgroups;
import io.lakesdk.query.statement.Session;
import io.lakesdk.query.workbench.Workbench;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * The query engine of an embedded lake. A query is translated and authorised as a whole, its files
 * are chosen by their partitions, and only then does DuckDB see it. The engine's library is loaded
 * by the first query, not by opening a lake.
 */
public final class EmbeddedQueryEngine implements QueryEngine {

  private final Lake lake;
  private final BigDecimal pricePerTerabyte;

  public EmbeddedQueryEngine(Lake lake) {
    this(lake, Bill.USUAL_PRICE);
  }

  private EmbeddedQueryEngine(Lake lake, BigDecimal pricePerTerabyte) {
    this.lake = lake;
    this.pricePerTerabyte = pricePerTerabyte;
  }

  @Override
  public QueryEngine pricedAt(BigDecimal otherPricePerTerabyte) {
    return new EmbeddedQueryEngine(lake, Bill.free().at(otherPricePerTerabyte).pricePerTerabyte());
  }

  @Override
  public Rows run(Query query) {
    return run(query, cancel -> {});
  }

  @Override
  public Rows run(Query query, Consumer<Runnable> started) {
    if (query.workgroup().isEmpty() && query.results().isEmpty()) {
      return run(query, started, EmbeddedWorkgroups.Watch.NONE);
    }
    return new EmbeddedWorkgroups(lake, pricePerTerabyte)
        .run(query, started, (told, watch) -> run(query, told, watch));
  }

  private Rows run(Query query, Consumer<Runnable> started, EmbeddedWorkgroups.Watch watch) {
    return Session.run(
        lake,
        query,
        (tree, parameters) ->
            new EmbeddedQuery(lake, query, pricePerTerabyte, started, watch, tree, parameters));
  }

  @Override
  public Workgroups workgroups() {
    return new EmbeddedWorkgroups(lake, pricePerTerabyte);
  }

  @Override
  public Workbench workbench() {
    return new EmbeddedWorkbench(lake, Duck.of(lake));
  }
}
