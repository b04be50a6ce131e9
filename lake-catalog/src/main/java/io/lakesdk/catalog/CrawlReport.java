package io.lakesdk.catalog;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.CrawledTable.Standing;
import io.lakesdk.publish.Publication;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What applying a crawl did.
 *
 * @param tables each table of the preview
 */
public record CrawlReport(List<Applied> tables) {

  /**
   * What became of one table.
   *
   * @param dataset which
   * @param standing what the catalog knew of it before
   * @param publication the files that were added; empty if there were none to add
   */
  public record Applied(DatasetId dataset, Standing standing, Optional<Publication> publication) {

    /** {@code aviation.flights: new, 12 files added as version 1}. */
    @Override
    public String toString() {
      String registered =
          switch (standing) {
            case NEW -> "new";
            case CHANGED -> "definition changed";
            case UNCHANGED -> "definition as before";
          };
      return dataset
          + ": "
          + registered
          + publication
              .map(
                  made ->
                      ", "
                          + PreviewText.counted(made.files().size(), "file")
                          + " added as version "
                          + made.version())
              .orElse(", no files to add");
    }
  }

  public CrawlReport {
    tables = List.copyOf(tables);
  }

  /** A line for each table. */
  @Override
  public String toString() {
    return tables.stream().map(Applied::toString).collect(Collectors.joining("\n"));
  }
}
