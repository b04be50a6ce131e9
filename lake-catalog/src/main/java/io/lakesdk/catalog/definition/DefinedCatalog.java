package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.CrawlPreview;
import io.lakesdk.catalog.CrawlReport;
import io.lakesdk.catalog.Crawler;
import io.lakesdk.catalog.Lineage;
import io.lakesdk.catalog.PartitionListing;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.Publishing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A catalog of the definitions that a store keeps. */
public final class DefinedCatalog implements Catalog {

  private final Lake lake;
  private final DefinitionStore store;
  private final Sight sight;
  private final Registration registration;
  private final Crawls crawls;

  public DefinedCatalog(Lake lake, DefinitionStore store) {
    this.lake = lake;
    this.store = store;
    this.sight = new Sight(lake);
    this.registration = new Registration(lake, store);
    this.crawls = new Crawls(lake, store, registration);
  }

  @Override
  public Dataset register(Dataset dataset) {
    return registration.register(dataset);
  }

  @Override
  public Optional<Dataset> find(DatasetId id) {
    return registered(id).flatMap(sight::show);
  }

  @Override
  public Dataset dataset(DatasetId id) {
    return find(id).orElseThrow(() -> absent("find", id));
  }

  @Override
  public List<Dataset> list() {
    return shown(store.all());
  }

  @Override
  public List<Dataset> list(String database) {
    return shown(store.all(database));
  }

  @Override
  public void drop(DatasetId id) {
    Dataset dataset = registered(id).orElseThrow(() -> absent("drop", id));
    Resource zone = Resource.zone(dataset.zone());
    if (!sight.sees(dataset) && !lake.access().decide(Action.WRITE, zone, List.of()).isAllowed()) {
      throw absent("drop", id);
    }
    lake.backend()
        .atomically(
            () -> {
              Publishing.of(lake).remove(dataset);
              store.remove(id);
              return id;
            });
  }

  @Override
  public List<SchemaVersion> versions(DatasetId id) {
    Dataset current = visible(id);
    return VersionHistory.of(store.versions(id), sight.view(current));
  }

  @Override
  public PartitionListing partitions(DatasetId id) {
    Dataset dataset = visible(id);
    return SnapshotPartitions.of(lake, dataset, sight.view(dataset));
  }

  @Override
  public Lineage lineage(DatasetId id) {
    visible(id);
    return new ProvenanceLineage(id, Provenance.of(lake), this::mayBeNamed);
  }

  @Override
  public CrawlPreview preview(Crawler crawler) {
    return crawls.preview(crawler);
  }

  @Override
  public CrawlReport apply(CrawlPreview preview) {
    return crawls.apply(preview);
  }

  /** Whoever opened the lake may also be told of datasets that were dropped. */
  private boolean mayBeNamed(DatasetId id) {
    return lake.principal().isAdministrator() || find(id).isPresent();
  }

  /** The whole dataset, if the principal may see something of it. */
  private Dataset visible(DatasetId id) {
    return registered(id).filter(sight::sees).orElseThrow(() -> absent("find", id));
  }

  private Optional<Dataset> registered(DatasetId id) {
    return store.find(id).map(Registered::dataset);
  }

  private List<Dataset> shown(List<Registered> all) {
    return all.stream().map(Registered::dataset).flatMap(d -> sight.show(d).stream()).toList();
  }

  private NotFoundException absent(String verb, DatasetId id) {
    List<DatasetId> near = NearNames.to(id, list().stream().map(Dataset::id).toList());
    String remedy =
        near.isEmpty()
            ? "list() shows what there is; register it, or load data into it"
            : "did you mean "
                + near.stream().map(DatasetId::toString).collect(Collectors.joining(" or "))
                + "?";
    return new NotFoundException(
        verb, Subject.dataset(id), "there is no such dataset that you may see; " + remedy);
  }
}
