package io.lakesdk.query.embedded.workgroup;

import io.lakesdk.Principal;
import io.lakesdk.metadata.Row;
import io.lakesdk.metadata.Tx;
import io.lakesdk.query.Bill;
import io.lakesdk.query.QueryExecution;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.QueryStats.Reused;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The executions in the metadata. */
final class ExecutionTable {

  private static final String COLUMNS =
      "id, workgroup, principal, statement, database, state, reason, submitted_at, completed_at,"
          + " results, partitions_total, partitions_scanned, files_total, files_scanned,"
          + " bytes_scanned, bytes_billed, reused, process, fingerprint";

  private static final List<String> CHANGING =
      List.of(
          "state",
          "reason",
          "completed_at",
          "results",
          "partitions_total",
          "partitions_scanned",
          "files_total",
          "files_scanned",
          "bytes_scanned",
          "bytes_billed",
          "reused",
          "fingerprint");

  private ExecutionTable() {}

  /**
   * An execution and what is kept of it besides.
   *
   * @param process that runs it
   * @param fingerprint of what decides on the rows of its result
   */
  record Kept(QueryExecution execution, String process, Optional<String> fingerprint) {}

  /** Writes executions, over what was written of them before. What was removed stays so. */
  static void put(Tx tx, Collection<Kept> executions) {
    tx.batch(
        "INSERT INTO query_execution("
            + COLUMNS
            + ") SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            + " WHERE EXISTS(SELECT 1 FROM query_workgroup WHERE name = ?) ON CONFLICT(id) DO UPDATE"
            + " SET "
            + CHANGING.stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ")),
        executions.stream().map(ExecutionTable::values).toList());
  }

  private static @Nullable Object[] values(Kept kept) {
    QueryExecution execution = kept.execution();
    QueryStats stats = execution.stats();
    return new @Nullable Object[] {
      execution.id(),
      execution.workgroup(),
      execution.by().map(Principal::toString),
      execution.statement(),
      execution.database(),
      execution.state().name(),
      execution.reason(),
      execution.submitted(),
      execution.completed(),
      execution.results(),
      optional(stats.partitionsTotal()),
      optional(stats.partitionsScanned()),
      optional(stats.filesTotal()),
      optional(stats.filesScanned()),
      stats.bytesScanned(),
      stats.bill().bytes(),
      stats.reused() == Reused.REUSED,
      kept.process(),
      kept.fingerprint(),
      execution.workgroup()
    };
  }

  private static Optional<Long> optional(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  /** The newest first. */
  static List<Kept> list(Tx tx, String workgroup, Optional<Principal> by, Instant since, int most) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM query_execution WHERE workgroup = ?1 AND submitted_at >= ?2"
            + " AND (?3 IS NULL OR principal = ?3) ORDER BY submitted_at DESC, rowid DESC LIMIT ?4",
        ExecutionTable::kept,
        workgroup,
        since,
        by.map(Principal::toString),
        most);
  }

  static Optional<Kept> find(Tx tx, String id, Instant since) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM query_execution WHERE id = ? AND submitted_at >= ?",
        ExecutionTable::kept,
        id,
        since);
  }

  /** The last result of a workgroup that has this fingerprint and is not older. */
  static Optional<QueryExecution> result(
      Tx tx, String workgroup, String fingerprint, Instant since) {
    return tx.first(
            "SELECT "
                + COLUMNS
                + " FROM query_execution WHERE fingerprint = ? AND completed_at >= ?"
                + " AND workgroup = ? AND state = 'SUCCEEDED' AND results IS NOT NULL"
                + " AND reused = 0 ORDER BY completed_at DESC, rowid DESC LIMIT 1",
            ExecutionTable::kept,
            fingerprint,
            since,
            workgroup)
        .map(Kept::execution);
  }

  /** How many bytes the statements of a workgroup have read that started since then. */
  static long scanned(Tx tx, String workgroup, Instant since) {
    return tx.first(
            "SELECT total(bytes_scanned) AS bytes FROM query_execution WHERE workgroup = ? AND"
                + " submitted_at > ?",
            row -> row.number("bytes"),
            workgroup,
            since)
        .orElse(0L);
  }

  static void forget(Tx tx, Instant before) {
    int unused = tx.update("DELETE FROM query_execution WHERE submitted_at < ?", before);
  }

  private static Kept kept(Row row) {
    QueryStats stats =
        new QueryStats(
            row.optionalNumber("partitions_total"),
            row.optionalNumber("partitions_scanned"),
            row.optionalNumber("files_total"),
            row.optionalNumber("files_scanned"),
            row.number("bytes_scanned"),
            Optional.empty(),
            row.flag("reused") ? Reused.REUSED : Reused.COMPUTED,
            new Bill(row.number("bytes_billed"), Bill.USUAL_PRICE));
    QueryExecution execution =
        new QueryExecution(
            row.text("id"),
            row.text("workgroup"),
            Optional.of(Principal.parse(row.text("principal"))),
            row.text("statement"),
            row.text("database"),
            QueryExecution.State.valueOf(row.text("state")),
            row.optionalText("reason"),
            row.instant("submitted_at"),
            row.optionalInstant("completed_at"),
            row.optionalText("results"),
            stats);
    return new Kept(execution, row.text("process"), row.optionalText("fingerprint"));
  }
}
