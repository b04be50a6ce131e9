package io.lakesdk.query.aws;

import java.util.Locale;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.WorkGroup;

/**
 * Statements that Athena cancelled because they scanned more than their workgroup allows. Source:
 * "Configure per-query and per-workgroup data usage controls" of the Athena user guide.
 */
final class WorkgroupLimit {

  private WorkgroupLimit() {}

  static boolean exceeded(QueryExecution cancelled) {
    String reason = String.valueOf(cancelled.status().stateChangeReason());
    return reason.toLowerCase(Locale.ROOT).contains("bytes scanned limit");
  }

  /** Why it was cancelled. */
  static String message(QueryExecution cancelled, WorkGroup workgroup) {
    Long scanned =
        cancelled.statistics() == null ? null : cancelled.statistics().dataScannedInBytes();
    Long limit =
        workgroup.configuration() == null
            ? null
            : workgroup.configuration().bytesScannedCutoffPerQuery();
    return "it scanned "
        + (scanned == null ? "more" : scanned)
        + " bytes and may scan "
        + (limit == null ? "fewer" : limit)
        + " in workgroup "
        + workgroup.name()
        + "; ask for fewer partitions, or have whoever opened the lake raise its scanAtMost";
  }
}
