package io.lakesdk.query;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a statement reads. Athena tells bytes and times, and nothing of partitions and files.
 *
 * @param partitionsTotal the partitions of the datasets that it names
 * @param partitionsScanned those that its conditions leave
 * @param filesTotal likewise files
 * @param filesScanned those that are read
 * @param bytesScanned in an embedded engine the size of the files that are read, also where only
 *     parts of them are fetched; in Athena what it read, which is what it costs
 * @param engineTime how long the engine worked; empty where it still does
 * @param reused whether this is the answer of an earlier run, see {@link Query#reuseResultsFor}
 * @param bill what it costs in Athena, or would cost there, if it does not fail
 * @param sourceRows the rows that federated sources have given so far; empty where it is not known
 */
public record QueryStats(
    OptionalLong partitionsTotal,
    OptionalLong partitionsScanned,
    OptionalLong filesTotal,
    OptionalLong filesScanned,
    long bytesScanned,
    Optional<Duration> engineTime,
    Reused reused,
    Bill bill,
    OptionalLong sourceRows) {

  /** Of a statement of which it is not known whether it reads federated sources. */
  public QueryStats(
      OptionalLong partitionsTotal,
      OptionalLong partitionsScanned,
      OptionalLong filesTotal,
      OptionalLong filesScanned,
      long bytesScanned,
      Optional<Duration> engineTime,
      Reused reused,
      Bill bill) {
    this(
        partitionsTotal,
        partitionsScanned,
        filesTotal,
        filesScanned,
        bytesScanned,
        engineTime,
        reused,
        bill,
        OptionalLong.empty());
  }

  /** Whether an answer was computed. */
  public enum Reused {
    COMPUTED,
    REUSED
  }

  /** Of a statement whose files were chosen before it runs. */
  public static QueryStats planned(
      long partitionsTotal,
      long partitionsScanned,
      long filesTotal,
      long filesScanned,
      long bytesScanned) {
    return new QueryStats(
        OptionalLong.of(partitionsTotal),
        OptionalLong.of(partitionsScanned),
        OptionalLong.of(filesTotal),
        OptionalLong.of(filesScanned),
        bytesScanned,
        Optional.empty(),
        Reused.COMPUTED,
        Bill.scanned(bytesScanned),
        OptionalLong.of(0));
  }

  /** The same with so many rows of federated sources. */
  public QueryStats withSourceRows(long rows) {
    return new QueryStats(
        partitionsTotal,
        partitionsScanned,
        filesTotal,
        filesScanned,
        bytesScanned,
        engineTime,
        reused,
        bill,
        OptionalLong.of(rows));
  }

  /** Of a statement that reads no data: one that tells or changes a definition. */
  public static QueryStats ofDefinition() {
    return planned(0, 0, 0, 0, 0).billed(Bill.free());
  }

  /** Of a query that a service ran. */
  public static QueryStats measured(long bytesScanned, Duration engineTime, Reused reused) {
    return new QueryStats(
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        bytesScanned,
        Optional.of(engineTime),
        reused,
        reused == Reused.REUSED ? Bill.free() : Bill.scanned(bytesScanned),
        OptionalLong.empty());
  }

  /** The same with another bill. */
  public QueryStats billed(Bill other) {
    return new QueryStats(
        partitionsTotal,
        partitionsScanned,
        filesTotal,
        filesScanned,
        bytesScanned,
        engineTime,
        reused,
        other,
        sourceRows);
  }
}
