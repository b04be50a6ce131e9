package io.lakesdk.query.embedded;

import io.lakesdk.publish.PartitionFilter;
import java.util.Set;

/** What a statement may read from, as the runner's side of a table. */
interface Source {

  /**
   * Writes a query for DuckDB that has these columns, in any order, or one of any name if there are
   * none. What it needs while it runs is noted in the plan.
   *
   * @param columns lower-case names
   * @param partitions rows of other partitions may be left out
   */
  String select(Set<String> columns, PartitionFilter partitions, Plan plan);
}
