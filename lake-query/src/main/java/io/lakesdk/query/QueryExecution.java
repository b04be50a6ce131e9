package io.lakesdk.query;

import io.lakesdk.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * A statement that ran in a workgroup, or runs.
 *
 * @param id by which it is found again
 * @param workgroup in which
 * @param by who ran it; empty in Athena, which does not tell
 * @param statement its text with {@code ?} for each text and number, and without comments, since
 *     those may be data
 * @param database where it looked unqualified names up
 * @param state how far it is
 * @param reason why it failed or was cancelled
 * @param submitted when
 * @param completed when it ended; empty while it runs
 * @param results the file with its result, as {@code s3://bucket/folder/id.csv}, if there is one
 * @param stats what it read; the bill is free where it failed
 */
public record QueryExecution(
    String id,
    String workgroup,
    Optional<Principal> by,
    String statement,
    String database,
    State state,
    Optional<String> reason,
    Instant submitted,
    Optional<Instant> completed,
    Optional<String> results,
    QueryStats stats) {

  /** How far a statement is. */
  public enum State {
    /** It waits; in Athena only. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It was stopped, or its rows were closed before they were read to their end. */
    CANCELLED;

    public boolean isEnd() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }
}
