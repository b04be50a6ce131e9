package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.CrawlReport;
import io.lakesdk.catalog.CrawledTable;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.Finding;
import io.lakesdk.catalog.crawl.KnownDataset;
import io.lakesdk.catalog.crawl.Survey;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.BadDataException;
import io.lakesdk.publish.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Previews crawls and applies them. */
final class Crawls {

  private final Lake lake;
  private final DefinitionStore store;
  private final Registration registration;

  Crawls(Lake lake, DefinitionStore store, Registration registration) {
    this.lake = lake;
    this.store = store;
    this.registration = registration;
  }

  CrawlPreview preview(Crawler crawler) {
    lake.access().require(Action.READ, Resource.object(crawler.zone(), crawler.prefix()));
    List<Dataset> all = store.all().stream().map(Registered::dataset).toList();
    Publishing publishing = Publishing.of(lake);
    List<KnownDataset> known =
        all.stream()
            .filter(dataset -> dataset.zone().equals(crawler.zone()))
            .filter(dataset -> touches(dataset.location(), crawler.prefix()))
            .map(dataset -> KnownDataset.of(dataset, publishing))
            .toList();
    Set<DatasetId> taken = all.stream().map(Dataset::id).collect(Collectors.toSet());
    return new Survey(crawler, lake.store(crawler.zone()), known).run(taken);
  }

  private static boolean touches(String location, String prefix) {
    return location.startsWith(prefix) || prefix.startsWith(location);
  }

  CrawlReport apply(CrawlPreview preview) {
    preview.datasets().stream()
        .map(Dataset::zone)
        .distinct()
        .forEach(zone -> lake.access().require(Action.WRITE, Resource.zone(zone)));
    requireNoProblem(preview);
    List<TableLoad> loads = new ArrayList<>();
    try {
      for (CrawledTable table : preview.tables()) {
        loads.add(TableLoad.begin(lake, table));
      }
      return lake.backend().atomically(() -> commit(loads));
    } finally {
      loads.forEach(TableLoad::close);
    }
  }

  private CrawlReport commit(List<TableLoad> loads) {
    List<CrawlReport.Applied> applied = new ArrayList<>();
    for (TableLoad load : loads) {
      CrawledTable table = load.table();
      registration.register(table.dataset(), table.before());
      applied.add(new CrawlReport.Applied(table.dataset().id(), table.standing(), load.publish()));
    }
    return new CrawlReport(applied);
  }

  private static void requireNoProblem(CrawlPreview preview) {
    Optional<Finding> problem = preview.problems().stream().findFirst();
    if (problem.isPresent()) {
      int more = preview.problems().size() - 1;
      throw new BadDataException(
          "apply the crawl of",
          problem.get().subject(),
          problem.get().text()
              + (more == 0 ? "" : "; and " + more + " more, see problems()")
              + "; nothing was registered. Apply preview.leavingOutProblems() to take the rest");
    }
  }
}
