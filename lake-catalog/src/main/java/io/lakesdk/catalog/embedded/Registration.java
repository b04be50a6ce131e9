package io.lakesdk.catalog.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.embedded.CatalogTables.Registered;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.Provenance;
import java.util.Optional;

/** Makes datasets known. Each registration looks and writes in one transaction. */
final class Registration {

  private final Lake lake;
  private final MetadataStore metadata;

  Registration(Lake lake, MetadataStore metadata) {
    this.lake = lake;
    this.metadata = metadata;
  }

  Dataset register(Dataset dataset) {
    lake.access().require(Action.WRITE, Resource.zone(dataset.zone()));
    return metadata.write(tx -> register(tx, dataset));
  }

  /**
   * Registers it if the catalog has the definition that this one was made from, or this one
   * already.
   *
   * @throws ConflictException if somebody registered another one meanwhile
   */
  void register(Dataset dataset, Optional<Dataset> before) {
    metadata.write(
        tx -> {
          Optional<Dataset> known = CatalogTables.find(tx, dataset.id()).map(Registered::dataset);
          if (!known.equals(before) && !known.equals(Optional.of(dataset))) {
            throw new ConflictException(
                "register",
                Subject.dataset(dataset.id()),
                "its definition has changed since the preview; preview again");
          }
          return register(tx, dataset);
        });
  }

  private Dataset register(Tx tx, Dataset dataset) {
    Optional<Registered> known = CatalogTables.find(tx, dataset.id());
    if (known.isPresent() && known.get().dataset().equals(dataset)) {
      return dataset;
    }
    known.ifPresent(before -> requireFollows(before.dataset(), dataset));
    CatalogTables.overlapping(tx, dataset)
        .ifPresent(
            other -> {
              throw overlap(dataset, other);
            });
    long number = known.map(before -> before.number() + 1).orElse(1L);
    CatalogTables.add(
        tx, new Registered(number, dataset, lake.clock().instant(), lake.principal()));
    return dataset;
  }

  private void requireFollows(Dataset before, Dataset after) {
    if (!before.zone().equals(after.zone())) {
      lake.access().require(Action.WRITE, Resource.zone(before.zone()));
    }
    Optional<LakeException> refusal = Evolution.refusal(before, after);
    if (refusal.isPresent() && hasData(before)) {
      throw refusal.get();
    }
  }

  private boolean hasData(Dataset dataset) {
    return Provenance.of(lake).hasVersions(dataset.id());
  }

  private static InvalidDefinitionException overlap(Dataset dataset, DatasetId other) {
    return new InvalidDefinitionException(
        "register",
        Subject.dataset(dataset.id()),
        "its location "
            + dataset.zone()
            + "/"
            + dataset.location()
            + " and that of "
            + other
            + " overlap, and each would take the other's files; give it a location of its own with"
            + " .at(...)");
  }
}
