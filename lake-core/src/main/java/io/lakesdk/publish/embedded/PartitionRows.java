package io.lakesdk.publish.embedded;

import io.lakesdk.metadata.Row;
import io.lakesdk.publish.Partition;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of rows with a column {@code path}, each once where its rows come together.
 */
final class PartitionRows {

  private final Predicate<Partition> admitted;
  private @Nullable String path;
  private Optional<Partition> partition = Optional.empty();

  PartitionRows(Predicate<Partition> admitted) {
    this.admitted = admitted;
  }

  /** The row's partition, if it is admitted. */
  Optional<Partition> read(Row row) {
    String next = row.text("path");
    if (!next.equals(path)) {
      path = next;
      partition = Optional.of(Partition.parse(next)).filter(admitted);
    }
    return partition;
  }
}
