package io.lakesdk.publish;

import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One step in a dataset's history.
 *
 * @param dataset the dataset
 * @param number 1, 2, 3 ... without gaps
 * @param change what made it
 * @param load the load that made it; empty for a rollback
 * @param restored for a rollback, the version whose content it restored
 * @param at when
 * @param by who
 * @param filesAdded how many files it has that the one before had not
 * @param filesRemoved how many files the one before had that it has not
 * @param rowsAdded the rows of the added files; empty if some file's rows were not counted
 * @param sources what its rows were made from
 */
public record Version(
    DatasetId dataset,
    long number,
    Change change,
    Optional<LoadId> load,
    OptionalLong restored,
    Instant at,
    Principal by,
    long filesAdded,
    long filesRemoved,
    OptionalLong rowsAdded,
    List<Source> sources) {

  /** What made a version. */
  public enum Change {
    APPEND,
    OVERWRITE,
    OVERWRITE_PARTITIONS,
    ROLLBACK
  }

  /**
   * Something that rows were made from.
   *
   * @param name a dataset's id, or the name of a source outside of the lake
   * @param version the dataset's version that was read; empty for a source outside
   * @param via what made the rows from it, such as a pipeline's name
   */
  public record Source(String name, OptionalLong version, String via) {}

  public Version {
    sources = List.copyOf(sources);
  }
}
