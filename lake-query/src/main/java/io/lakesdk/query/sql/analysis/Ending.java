package io.lakesdk.query.sql.analysis;

import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.OrderBy;
import java.util.Optional;

/** What may follow a query: ORDER BY, OFFSET, LIMIT or FETCH. */
record Ending(Optional<OrderBy> order, Optional<Offset> offset, Optional<Node> limit) {

  boolean isEmpty() {
    return order.isEmpty() && offset.isEmpty() && limit.isEmpty();
  }
}
