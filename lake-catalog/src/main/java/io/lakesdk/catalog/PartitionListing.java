package io.lakesdk.catalog;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.publish.Snapshot.PartitionSummary;
import java.util.List;

/**
 * The partitions of a dataset that have files, as they are when they are listed. Immutable: a
 * condition makes another listing.
 *
 * <p>The values of partition keys are data. They are shown to those who may see every partition key
 * in every row; whoever sees only some keys, or only the rows of a filter, is refused.
 */
public interface PartitionListing {

  /**
   * Only the partitions for which this condition holds, besides earlier ones. Conditions are those
   * of Glue's GetPartitions: partition keys compared with {@code = <> != < <= > >=}, {@code
   * BETWEEN}, {@code IN}, {@code IS NULL}, joined by {@code AND}, {@code OR}, {@code NOT} and
   * parentheses. Texts and dates stand in single quotes, a quote inside doubled; keys may stand in
   * double quotes.
   *
   * <p>Keys of integer types are compared as numbers, dates as dates, strings by their bytes in
   * UTF-8; keys of other types are refused. For a NULL key neither a comparison nor its negation
   * holds.
   *
   * @throws InvalidDefinitionException naming the position, if it is not such a condition, or names
   *     a column that is no partition key, or compares a key with a value of another type
   */
  PartitionListing where(String condition);

  /**
   * The partitions by path, with their files, bytes and rows; for a dataset without partition keys
   * one partition without values, if it has files.
   *
   * @throws AccessDeniedException if the partition keys are hidden, wholly or for some rows
   */
  List<PartitionSummary> list();
}
