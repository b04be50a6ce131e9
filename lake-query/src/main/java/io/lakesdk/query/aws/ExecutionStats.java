package io.lakesdk.query.aws;

import io.lakesdk.query.Bill;
import io.lakesdk.query.QueryStats;
import io.lakesdk.query.QueryStats.Reused;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatistics;
import software.amazon.awssdk.services.athena.model.StatementType;

/** What Athena tells of the bytes and the time of a statement, and what they cost. */
final class ExecutionStats {

  private ExecutionStats() {}

  static QueryStats of(QueryExecution execution, BigDecimal pricePerTerabyte) {
    QueryExecutionStatistics told = execution.statistics();
    QueryStats stats =
        told == null
            ? QueryStats.measured(0, Duration.ZERO, Reused.COMPUTED)
            : QueryStats.measured(
                orZero(told.dataScannedInBytes()),
                Duration.ofMillis(orZero(told.engineExecutionTimeInMillis())),
                isReused(told) ? Reused.REUSED : Reused.COMPUTED);
    Bill bill = isFree(execution) ? Bill.free() : stats.bill();
    return stats.billed(bill.at(pricePerTerabyte));
  }

  private static boolean isReused(QueryExecutionStatistics told) {
    return told.resultReuseInformation() != null
        && Boolean.TRUE.equals(told.resultReuseInformation().reusedPreviousResult());
  }

  private static boolean isFree(QueryExecution execution) {
    boolean query =
        execution.statementType() == null || execution.statementType() == StatementType.DML;
    boolean failed =
        execution.status() != null && execution.status().state() == QueryExecutionState.FAILED;
    return failed || !query;
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
