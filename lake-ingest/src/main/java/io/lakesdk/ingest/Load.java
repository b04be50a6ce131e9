package io.lakesdk.ingest;

import io.lakesdk.Dataset;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Write;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a load goes, and what it does to what is there.
 *
 * @param dataset where
 * @param write whether it adds to the rows that are there, or replaces them
 * @param id the name that the load is recognised by when it is repeated; where there is none it is
 *     recognised by its content
 */
public record Load(Dataset dataset, Write write, Optional<LoadId> id) {

  public Load {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(write, "write");
    Objects.requireNonNull(id, "id");
  }

  /** Adds to the dataset. */
  public static Load into(Dataset dataset) {
    return new Load(dataset, Write.APPEND, Optional.empty());
  }

  /**
   * Replaces everything that is there. A source of files that has none replaces nothing; records
   * replace also when there are none of them.
   */
  public Load overwriting() {
    return new Load(dataset, Write.OVERWRITE, id);
  }

  /** Replaces the partitions that the load has something for. */
  public Load overwritingPartitions() {
    return new Load(dataset, Write.OVERWRITE_PARTITIONS, id);
  }

  /**
   * Gives the load a name. Of loads with one name the first that becomes visible counts, whatever
   * the others would bring; they are not even read.
   */
  public Load as(LoadId name) {
    return new Load(dataset, write, Optional.of(name));
  }
}
