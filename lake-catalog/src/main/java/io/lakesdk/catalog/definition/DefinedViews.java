package io.lakesdk.catalog.definition;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.View;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import java.util.List;
import java.util.Optional;

/** The views that a store keeps. Who loses a race against another change looks and tries again. */
public final class DefinedViews implements Views {

  private static final int ATTEMPTS = 100;

  private final Lake lake;
  private final ViewStore store;
  private final Sight sight;

  public DefinedViews(Lake lake, ViewStore store) {
    this.lake = lake;
    this.store = store;
    this.sight = new Sight(lake);
  }

  @Override
  public Optional<View> find(DatasetId id) {
    return store.find(id).map(Version::view);
  }

  @Override
  public List<View> list() {
    return shown(store.all());
  }

  @Override
  public List<View> list(String database) {
    return shown(store.all(database));
  }

  private List<View> shown(List<Version> all) {
    return all.stream().map(Version::view).filter(view -> sight.sees(view.table())).toList();
  }

  @Override
  public List<Version> versions(DatasetId id) {
    if (find(id).filter(view -> sight.sees(view.table())).isEmpty()) {
      throw absent("find", id);
    }
    return store.versions(id);
  }

  @Override
  public void create(View view, Existing existing) {
    lake.access().require(Action.WRITE, Resource.zone(View.ZONE));
    for (int i = 0; i < ATTEMPTS; i++) {
      if (lake.backend().atomically(() -> attempt(view, existing))) {
        return;
      }
    }
    throw new ConflictException(
        "create",
        Subject.dataset(view.id()),
        "others changed the view " + ATTEMPTS + " times meanwhile; try again");
  }

  private boolean attempt(View view, Existing existing) {
    Optional<Version> known = store.find(view.id());
    if (known.isPresent() && existing == Existing.REFUSE) {
      throw new AlreadyExistsException(
          "create",
          Subject.dataset(view.id()),
          "there is a view of that name; CREATE OR REPLACE VIEW replaces it");
    }
    if (known.map(Version::view).equals(Optional.of(view))) {
      return true;
    }
    long number = known.map(before -> before.number() + 1).orElse(1L);
    return store.add(new Version(number, view, lake.clock().instant(), lake.principal()), known);
  }

  @Override
  public void drop(DatasetId id) {
    View view = find(id).orElseThrow(() -> absent("drop", id));
    Resource zone = Resource.zone(View.ZONE);
    if (!sight.sees(view.table())
        && !lake.access().decide(Action.WRITE, zone, List.of()).isAllowed()) {
      throw absent("drop", id);
    }
    lake.access().require(Action.WRITE, zone);
    lake.backend()
        .atomically(
            () -> {
              store.remove(id);
              return id;
            });
  }

  private static NotFoundException absent(String verb, DatasetId id) {
    return new NotFoundException(
        verb, Subject.dataset(id), "there is no such view that you may see; SHOW VIEWS lists them");
  }
}
