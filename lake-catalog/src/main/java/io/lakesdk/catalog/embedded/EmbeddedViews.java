package io.lakesdk.catalog.embedded;

import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.catalog.definition.ViewStore;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import java.util.List;
import java.util.Optional;

/** The views in the metadata database of an embedded lake. */
final class EmbeddedViews implements ViewStore {

  private final MetadataStore metadata;

  EmbeddedViews(Lake lake, EmbeddedBackend backend) {
    this.metadata = CatalogTables.in(lake, backend);
  }

  @Override
  public Optional<Version> find(DatasetId id) {
    return metadata.read(tx -> ViewTables.find(tx, id));
  }

  @Override
  public List<Version> all() {
    return metadata.read(ViewTables::all);
  }

  @Override
  public List<Version> all(String database) {
    return metadata.read(tx -> ViewTables.all(tx, database));
  }

  @Override
  public List<Version> versions(DatasetId id) {
    return metadata.read(tx -> ViewTables.versions(tx, id));
  }

  /** Succeeds, since the transaction that found what was before is still open. */
  @Override
  public boolean add(Version version, Optional<Version> before) {
    DatasetId id = version.view().id();
    metadata.write(
        tx -> {
          if (before.isEmpty() && CatalogTables.find(tx, id).isPresent()) {
            throw new AlreadyExistsException(
                "create",
                Subject.dataset(id),
                "there is a table of that name; give the view another name");
          }
          ViewTables.add(tx, version);
          return version;
        });
    return true;
  }

  @Override
  public void remove(DatasetId id) {
    metadata.write(
        tx -> {
          ViewTables.remove(tx, id);
          return id;
        });
  }
}
