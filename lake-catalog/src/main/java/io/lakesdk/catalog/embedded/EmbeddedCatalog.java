package io.lakesdk.catalog.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.PartitionListing;
import io.lakesdk.catalog.SchemaVersion;
import io.lakesdk.catalog.embedded.CatalogTables.Registered;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.publish.Publishing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A catalog in the metadata database of an embedded lake. */
public final class EmbeddedCatalog implements Catalog {

  private final Lake lake;
  private final MetadataStore metadata;
  private final Sight sight;
  private final Registration registration;

  public EmbeddedCatalog(Lake lake) {
    this.lake = lake;
    this.metadata = migrated(lake);
    this.sight = new Sight(lake);
    this.registration = new Registration(lake, metadata);
  }

  /** All definitions, whoever asks. */
  public static Definitions definitions(Lake lake) {
    MetadataStore metadata = migrated(lake);
    return id -> metadata.read(tx -> CatalogTables.find(tx, id)).map(Registered::dataset);
  }

  private static MetadataStore migrated(Lake lake) {
    MetadataStore metadata = ((EmbeddedBackend) lake.backend()).metadata();
    metadata.migrate(CatalogTables.MIGRATIONS);
    return metadata;
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
    return shown(metadata.read(CatalogTables::all));
  }

  @Override
  public List<Dataset> list(String database) {
    return shown(metadata.read(tx -> CatalogTables.all(tx, database)));
  }

  @Override
  public void drop(DatasetId id) {
    Dataset dataset = registered(id).orElseThrow(() -> absent("drop", id));
    Resource zone = Resource.zone(dataset.zone());
    boolean mayWrite = lake.access().decide(Action.WRITE, zone, List.of()).isAllowed();
    if (!mayWrite && !sight.sees(dataset)) {
      throw absent("drop", id);
    }
    if (!mayWrite) {
      lake.access().require(Action.WRITE, zone);
    }
    // The data first: interrupted in between, the dataset is known and empty, and dropped again.
    Publishing.of(lake).remove(dataset);
    metadata.write(
        tx -> {
          CatalogTables.remove(tx, id);
          return id;
        });
  }

  @Override
  public List<SchemaVersion> versions(DatasetId id) {
    Dataset current = registered(id).orElseThrow(() -> absent("find", id));
    if (!sight.sees(current)) {
      throw absent("find", id);
    }
    return VersionHistory.of(
        metadata.read(tx -> CatalogTables.versions(tx, id)), sight.view(current));
  }

  @Override
  public PartitionListing partitions(DatasetId id) {
    Dataset dataset = registered(id).orElseThrow(() -> absent("find", id));
    if (!sight.sees(dataset)) {
      throw absent("find", id);
    }
    return EmbeddedPartitions.of(lake, dataset, sight.view(dataset));
  }

  private Optional<Dataset> registered(DatasetId id) {
    return metadata.read(tx -> CatalogTables.find(tx, id)).map(Registered::dataset);
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
