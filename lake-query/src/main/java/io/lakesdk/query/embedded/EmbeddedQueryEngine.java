package io.lakesdk.query.embedded;

import io.lakesdk.Lake;
import io.lakesdk.query.Query;
import io.lakesdk.query.QueryEngine;
import io.lakesdk.query.Rows;
import io.lakesdk.query.workbench.Workbench;

/** The query engine of an embedded lake. */
public final class EmbeddedQueryEngine implements QueryEngine {

  private final Lake lake;

  public EmbeddedQueryEngine(Lake lake) {
    this.lake = lake;
  }

  @Override
  public Rows run(Query query) {
    throw new IllegalStateException("in the making for " + lake + query);
  }

  @Override
  public Workbench workbench() {
    throw new IllegalStateException("in the making for " + lake);
  }
}
