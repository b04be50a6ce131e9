package io.lakesdk.catalog.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.definition.DefinitionStore;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.publish.Provenance;
import java.util.List;
import java.util.Optional;

/** The definitions in the metadata database of an embedded lake. */
final class EmbeddedDefinitions implements DefinitionStore {

  private final Lake lake;
  private final MetadataStore metadata;

  EmbeddedDefinitions(Lake lake, EmbeddedBackend backend) {
    this.lake = lake;
    this.metadata = CatalogTables.in(lake, backend);
  }

  @Override
  public Optional<Registered> find(DatasetId id) {
    return metadata.read(tx -> CatalogTables.find(tx, id));
  }

  @Override
  public List<Registered> all() {
    return metadata.read(CatalogTables::all);
  }

  @Override
  public List<Registered> all(String database) {
    return metadata.read(tx -> CatalogTables.all(tx, database));
  }

  @Override
  public List<Registered> versions(DatasetId id) {
    return metadata.read(tx -> CatalogTables.versions(tx, id));
  }

  @Override
  public Optional<DatasetId> overlapping(Dataset dataset) {
    return metadata.read(tx -> CatalogTables.overlapping(tx, dataset));
  }

  @Override
  public boolean hasData(Dataset known) {
    return Provenance.of(lake).hasVersions(known.id());
  }

  /** Always succeeds, since the transaction that found what was before is still open. */
  @Override
  public boolean add(Registered version, Optional<Registered> before) {
    metadata.write(
        tx -> {
          if (before.isEmpty() && ViewTables.find(tx, version.dataset().id()).isPresent()) {
            throw new AlreadyExistsException(
                "register",
                Subject.dataset(version.dataset().id()),
                "there is a view of that name; DROP VIEW it first, or take another name");
          }
          CatalogTables.add(tx, version);
          return version;
        });
    return true;
  }

  @Override
  public void remove(DatasetId id) {
    metadata.write(
        tx -> {
          CatalogTables.remove(tx, id);
          return id;
        });
  }
}
