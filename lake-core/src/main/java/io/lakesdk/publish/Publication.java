package io.lakesdk.publish;

import io.lakesdk.DatasetId;
import java.util.List;
import java.util.OptionalLong;

/**
 * The receipt of publishing a load.
 *
 * @param dataset where
 * @param load what
 * @param write how
 * @param version the version of the dataset that the load made
 * @param outcome whether this call made it, or an earlier one had
 * @param files the files that the load added, by partition path and key; of a repeated load those
 *     that were not vacuumed since
 */
public record Publication(
    DatasetId dataset,
    LoadId load,
    Write write,
    long version,
    Outcome outcome,
    List<DataFile> files) {

  /** What publishing did. */
  public enum Outcome {
    PUBLISHED,
    /** The same load was published before; nothing was changed. */
    REPEATED
  }

  public Publication {
    files = List.copyOf(files);
  }

  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** The rows that the load added; empty if some file's rows were not counted. */
  public OptionalLong rows() {
    return files.stream().allMatch(file -> file.rows().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.rows().orElse(0)).sum())
        : OptionalLong.empty();
  }
}
