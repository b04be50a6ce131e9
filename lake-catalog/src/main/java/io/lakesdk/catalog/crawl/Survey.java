package io.lakesdk.catalog.crawl;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.CrawledTable;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.Finding;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the files of a crawl and says which tables they are. */
public final class Survey {

  private final Crawler crawler;
  private final ObjectStore store;
  private final List<KnownDataset> known;

  /**
   * @param store the zone's objects, as whoever crawls may read them
   * @param known the zone's datasets whose folders lie below the crawl's or above it
   */
  public Survey(Crawler crawler, ObjectStore store, List<KnownDataset> known) {
    this.crawler = crawler;
    this.store = store;
    this.known = List.copyOf(known);
  }

  /**
   * Reads the files; {@code taken} are the datasets that exist anywhere, whose names are not given
   * again.
   */
  public CrawlPreview run(Set<DatasetId> taken) {
    List<Finding> findings = new ArrayList<>();
    List<CrawledTable> tables = new ArrayList<>();
    Map<DatasetId, String> names = new HashMap<>();
    taken.forEach(id -> names.put(id, "another dataset"));
    for (Folder folder : new Folders(crawler, store, known, findings).find()) {
      try {
        tables.add(new TableSurvey(crawler, folder, id(folder, names)).run());
      } catch (Unreadable e) {
        findings.add(e.finding());
      } catch (InvalidDefinitionException e) {
        findings.add(
            Finding.problem(folder.subject(), "its files are no table: " + e.getMessage()));
      }
    }
    tables.sort(Comparator.comparing(table -> table.dataset().id()));
    findings.sort(Comparator.comparing(Finding::toString));
    return new CrawlPreview(crawler, tables, findings);
  }

  private DatasetId id(Folder folder, Map<DatasetId, String> taken) {
    if (folder.known().isPresent()) {
      return folder.known().get().dataset().id();
    }
    DatasetId id = name(folder);
    String other = taken.putIfAbsent(id, folder.location());
    if (other != null) {
      throw folder.unreadable(
          "its table would be named "
              + id
              + ", as "
              + other
              + " is; crawl it alone and into another database, or rename the folder");
    }
    return id;
  }

  private DatasetId name(Folder folder) {
    String[] folders = folder.location().split("/", 0);
    String table = Names.part(folders[folders.length - 1]);
    String told = folders.length > 1 ? folders[folders.length - 2] : crawler.zone().name();
    String database = crawler.database().orElseGet(() -> Names.part(told));
    if (table.isEmpty() || database.isEmpty()) {
      throw folder.unreadable(
          "no name of a table can be made of this folder's, which has no letter or digit");
    }
    return new DatasetId(database, table);
  }
}
