package io.lakesdk.query.sql;

import io.lakesdk.publish.PartitionFilter;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One place in a statement where a table is read. Two mentions of a table are two uses.
 *
 * @param token the name that stands for it in {@link Translation#sql}, which the runner gives to a
 *     relation with these columns
 * @param table which one
 * @param columns those that the statement needs, lower-case, hidden ones too; may be empty, where
 *     only the number of rows matters
 * @param partitions admits every partition that can contribute to the answer
 * @param rows admits every row that can contribute to the answer
 * @param limit rows enough for the answer, whichever they are; only where {@code rows} are all
 * @param within the view that the statement names, where the table is named by its query or by that
 *     of a view in it
 */
public record TableUse(
    String token,
    SourceTable table,
    Set<String> columns,
    PartitionFilter partitions,
    RowCondition rows,
    OptionalLong limit,
    Optional<String> within) {

  public TableUse {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(table, "table");
    columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    Objects.requireNonNull(partitions, "partitions");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(within, "within");
  }
}
