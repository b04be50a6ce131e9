package io.lakesdk.query.statement.write;

import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.query.Rows;
import io.lakesdk.query.rows.FixedRows;
import io.lakesdk.query.statement.PlannedQuery;
import io.lakesdk.query.workbench.Workbench;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Puts the rows of a query into a table: files are written first and made visible in one
 * transaction, so that a failure leaves nothing. Where the answer of that transaction is lost, the
 * load's name tells whether it happened.
 */
public final class TableLoad {

  private static final int MOST_PARTITIONS = 100;
  private static final int ATTEMPTS = 3;

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
      publish(draft, first);
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

  private void publish(Draft draft, Runnable first) {
    try {
      commit(draft, first);
    } catch (OutcomeUnknownException unknown) {
      settle(draft, first, unknown);
    }
  }

  private Publication commit(Draft draft, Runnable first) {
    return lake.backend()
        .atomically(
            () -> {
              first.run();
              return publishing.publish(draft);
            });
  }

  /** Finds out whether the load was published, and publishes it if it was not. */
  private void settle(Draft draft, Runnable first, OutcomeUnknownException unknown) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        if (published(draft.load()).isEmpty()) {
          commit(draft, first);
        }
        return;
      } catch (OutcomeUnknownException again) {
        unknown.addSuppressed(again);
      } catch (LakeException e) {
        unknown.addSuppressed(e);
        break;
      }
    }
    throw new OutcomeUnknownException(
        "learn whether rows were written to",
        Subject.dataset(table.id()),
        "the answer was lost; its history has load " + draft.load() + " if they were",
        unknown);
  }

  private Optional<Publication> published(LoadId load) {
    try (Draft again = publishing.begin(table, write, load)) {
      return again.earlier();
    }
  }
}
