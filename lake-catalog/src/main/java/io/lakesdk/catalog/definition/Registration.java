package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.definition.DefinitionStore.Registered;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes datasets known. Who loses a race against another registration looks and tries again. */
final class Registration {

  private static final int ATTEMPTS = 100;

  private final Lake lake;
  private final DefinitionStore store;

  Registration(Lake lake, DefinitionStore store) {
    this.lake = lake;
    this.store = store;
  }

  Dataset register(Dataset dataset) {
    lake.access().require(Action.WRITE, Resource.zone(dataset.zone()));
    return tried(dataset, known -> {});
  }

  /**
   * Registers it if the catalog has the definition that this one was made from, or this one
   * already.
   *
   * @throws ConflictException if somebody registered another one meanwhile
   */
  void register(Dataset dataset, Optional<Dataset> before) {
    tried(
        dataset,
        known -> {
          if (!known.equals(before) && !known.equals(Optional.of(dataset))) {
            throw new ConflictException(
                "register",
                Subject.dataset(dataset.id()),
                "its definition has changed since the preview; preview again");
          }
        });
  }

  private Dataset tried(Dataset dataset, Consumer<Optional<Dataset>> check) {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (lake.backend().atomically(() -> attempt(dataset, check))) {
        return dataset;
      }
    }
    throw new ConflictException(
        "register",
        Subject.dataset(dataset.id()),
        "others changed its definition " + ATTEMPTS + " times meanwhile; try again");
  }

  private boolean attempt(Dataset dataset, Consumer<Optional<Dataset>> check) {
    Optional<Registered> known = store.find(dataset.id());
    check.accept(known.map(Registered::dataset));
    if (known.isPresent() && known.get().dataset().equals(dataset)) {
      return true;
    }
    known.ifPresent(before -> requireFollows(before.dataset(), dataset));
    if (known.isEmpty() || !samePlace(known.get().dataset(), dataset)) {
      store
          .overlapping(dataset)
          .ifPresent(
              other -> {
                throw overlap(dataset, other);
              });
    }
    long number = known.map(before -> before.number() + 1).orElse(1L);
    return store.add(
        new Registered(number, dataset, lake.clock().instant(), lake.principal()), known);
  }

  private static boolean samePlace(Dataset before, Dataset after) {
    return before.zone().equals(after.zone()) && before.location().equals(after.location());
  }

  private void requireFollows(Dataset before, Dataset after) {
    if (!before.zone().equals(after.zone())) {
      lake.access().require(Action.WRITE, Resource.zone(before.zone()));
    }
    Optional<LakeException> refusal = Evolution.refusal(before, after);
    if (refusal.isPresent() && store.hasData(before)) {
      throw refusal.get();
    }
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
