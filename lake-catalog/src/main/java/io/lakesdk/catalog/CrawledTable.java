package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import java.util.List;
import java.util.Optional;

/**
 * A table that a crawl found.
 *
 * @param dataset the definition as it would be registered
 * @param before the definition that the catalog has of it, if any
 * @param evidence why each column has its type: those of the files, then the partition keys
 * @param files what was looked at
 * @param unpublished how many of the files the dataset's current version does not have
 */
public record CrawledTable(
    Dataset dataset,
    Optional<Dataset> before,
    List<ColumnEvidence> evidence,
    List<CrawledFile> files,
    long unpublished) {

  /** What the catalog knows of a table. */
  public enum Standing {
    /** Nothing yet. */
    NEW,
    /** It, with another definition. */
    CHANGED,
    /** Just this. */
    UNCHANGED
  }

  public CrawledTable {
    evidence = List.copyOf(evidence);
    files = List.copyOf(files);
  }

  /** What the catalog knows of it. */
  public Standing standing() {
    return before
        .map(known -> known.equals(dataset) ? Standing.UNCHANGED : Standing.CHANGED)
        .orElse(Standing.NEW);
  }

  /** The evidence of one column. */
  public ColumnEvidence evidence(String column) {
    return evidence.stream()
        .filter(of -> of.column().name().equalsIgnoreCase(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + column));
  }

  public long bytes() {
    return files.stream().mapToLong(CrawledFile::bytes).sum();
  }

  /** The rows of the files that were read to their end. */
  public long rows() {
    return files.stream().mapToLong(file -> file.rows().orElse(0)).sum();
  }

  /** Whether only the beginning of some file was looked at. */
  public boolean isSampled() {
    return files.stream().anyMatch(file -> file.rows().isEmpty());
  }
}
