package io.lakesdk.catalog;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import java.util.List;

/**
 * What a crawl found, before anything is changed. Print it: {@link #toString} shows the tables, the
 * type of every column with its evidence, and what was noticed.
 *
 * @param crawler what was looked at
 * @param tables what can be applied, by id
 * @param findings what was noticed, by name
 */
public record CrawlPreview(Crawler crawler, List<CrawledTable> tables, List<Finding> findings) {

  public CrawlPreview {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  /** The definitions as they would be registered. */
  public List<Dataset> datasets() {
    return tables.stream().map(CrawledTable::dataset).toList();
  }

  /**
   * One of the tables.
   *
   * @throws NotFoundException if there is no such table in this preview
   */
  public CrawledTable table(String id) {
    DatasetId wanted = DatasetId.parse(id);
    return tables.stream()
        .filter(table -> table.dataset().id().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "find",
                    Subject.dataset(wanted),
                    "the crawl of " + crawler + " found no such table; see its findings"));
  }

  /** What stands in the way of applying this. */
  public List<Finding> problems() {
    return findings.stream().filter(found -> found.kind() == Finding.Kind.PROBLEM).toList();
  }

  /** The same without its problems: only the folders that have none. */
  public CrawlPreview leavingOutProblems() {
    List<Finding> notes =
        findings.stream().filter(found -> found.kind() == Finding.Kind.NOTE).toList();
    return new CrawlPreview(crawler, tables, notes);
  }

  /** Several lines to read. */
  @Override
  public String toString() {
    return PreviewText.of(this);
  }
}
