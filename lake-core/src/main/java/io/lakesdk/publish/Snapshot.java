package io.lakesdk.publish;

import io.lakesdk.DatasetId;
import java.util.List;

/**
 * The content of a dataset at one version. It stays the same whatever is published after; its files
 * remain until {@link Publishing#vacuum} finds the version out of retention.
 */
public interface Snapshot {

  DatasetId dataset();

  /** The version, or 0 where nothing was ever published. */
  long version();

  /** The files of the partitions that the filter admits, by partition path and key. */
  List<DataFile> files(PartitionFilter filter);

  /** The partitions that have files and that the filter admits, with their totals, by path. */
  List<PartitionSummary> partitions(PartitionFilter filter);

  /** All files and bytes, without reading the list of files. */
  Totals totals();

  /**
   * A partition with its files added up.
   *
   * @param partition which
   * @param totals its files
   */
  record PartitionSummary(Partition partition, Totals totals) {}

  /**
   * Files added up.
   *
   * @param partitions how many partitions
   * @param files how many files
   * @param bytes their size
   * @param rows their rows, those not counted left out
   */
  record Totals(long partitions, long files, long bytes, long rows) {}
}
