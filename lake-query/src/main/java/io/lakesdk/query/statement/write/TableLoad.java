package io.lakesdk.query.statement.write;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.query.statement.table.LoadCommit;
import io.lakesdk.query.workbench.Workbench;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Puts the rows of a query into a table: files are written first and made visible in one
 * transaction, so that a failure leaves nothing.
 */
public final class TableLoad {

  private static final int MOST_PARTITIONS = 100;

  private final Lake lake;
  private final Publishing publishing;
  private final Dataset table;
  private final Write write;
  private final String statement;

  /**
   * @param statement what lineage says that rows came by
   */
  public TableLoad(Lake lake, Dataset table, Write write, String statement) {
    this.lake = lake;
    this.publishing = Publishing.of(lake);
    this.table = table;
    this.write = write;
    this.statement = statement;
  }

  /**
   * Runs the query.
   *
   * @param first is part of the transaction that makes the rows visible
   * @return the answer of the statement
   */
  public Rows run(PlannedQuery query, List<PlannedQuery.Written> columns, Runnable first) {
    try (Draft draft = publishing.begin(table, write, LoadId.unique())) {
      for (Workbench.Use use : query.uses()) {
        draft.derivedFrom(
            new Version.Source(
                use.dataset().toString(), OptionalLong.of(use.version()), statement));
      }
      List<DataFile> files = query.write(columns, draft);
      requireFewPartitions(Subject.dataset(table.id()), files.stream().map(DataFile::partition));
      new LoadCommit(lake, table).publish(draft, first);
      long rows = files.stream().mapToLong(file -> file.rows().orElse(0)).sum();
      return FixedRows.written(rows, query.stats());
    }
  }

  /**
   * Athena's limit. Source: "CREATE TABLE AS", "INSERT INTO" and "UNLOAD" of the Athena user guide.
   */
  static void requireFewPartitions(Subject target, Stream<Partition> written) {
    long partitions = written.distinct().count();
    if (partitions > MOST_PARTITIONS) {
      throw new InvalidDefinitionException(
          "write",
          target,
          "the statement has rows of "
              + partitions
              + " partitions, and Athena takes "
              + MOST_PARTITIONS
              + " in one statement; use several with conditions on the partition keys");
    }
  }
}
