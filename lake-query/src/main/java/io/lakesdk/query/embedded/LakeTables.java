package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.DatasetView;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.sql.SourceTable;
import io.lakesdk.query.sql.TableResolver;
import io.lakesdk.query.workbench.Workbench;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The datasets that one statement names. Each is looked up once and read at one snapshot, however
 * often it is named.
 */
final class LakeTables implements TableResolver {

  private final Lake lake;
  private final String defaultDatabase;
  private final Map<DatasetId, SourceTable> tables = new HashMap<>();
  private final Map<DatasetId, Snapshot> given = new HashMap<>();
  private final Set<Workbench.Use> uses = new LinkedHashSet<>();

  LakeTables(Lake lake, String defaultDatabase) {
    this.lake = lake;
    this.defaultDatabase = defaultDatabase;
  }

  @Override
  public Optional<SourceTable> resolve(Optional<String> database, String table) {
    DatasetId id;
    try {
      id = new DatasetId(database.orElse(defaultDatabase), table);
    } catch (InvalidDefinitionException impossible) {
      throw absent(database.orElse(defaultDatabase) + "." + table);
    }
    return Optional.of(tables.computeIfAbsent(id, this::find));
  }

  /** The dataset at the snapshot that is given, which statements that name it read from now on. */
  DatasetSource at(Dataset dataset, Snapshot snapshot) {
    DatasetView view = lake.access().view(DatasetSource.resource(dataset));
    DatasetSource source = new DatasetSource(lake, dataset, view, snapshot);
    if (hides(view, dataset)) {
      source.authorize(Set.copyOf(dataset.columns().names()));
      throw absent(dataset.id().toString());
    }
    given.putIfAbsent(dataset.id(), snapshot);
    uses.add(new Workbench.Use(dataset.id(), snapshot.version()));
    return source;
  }

  /** The datasets that were given or named, with the versions that are read. */
  List<Workbench.Use> uses() {
    return List.copyOf(uses);
  }

  private static boolean hides(DatasetView view, Dataset dataset) {
    boolean shown = dataset.columns().columns().stream().anyMatch(c -> view.shows(c.name()));
    return view.isNothing() || !(shown || view.isEverything());
  }

  private SourceTable find(DatasetId id) {
    Optional<Dataset> found = Definitions.of(lake).find(id);
    if (found.isEmpty()) {
      if (lake.principal().isAdministrator()) {
        Catalog.of(lake).dataset(id);
      }
      throw absent(id.toString());
    }
    Dataset dataset = found.get();
    DatasetView view = lake.access().view(DatasetSource.resource(dataset));
    if (hides(view, dataset)) {
      lake.access()
          .decide(Action.SELECT, DatasetSource.resource(dataset), dataset.columns().names());
      throw absent(id.toString());
    }
    if (dataset.schema().columns().isEmpty()) {
      throw new InvalidDefinitionException(
          "query",
          Subject.dataset(id),
          "its columns are not known; declare them, or crawl it first");
    }
    Snapshot snapshot = given.get(id);
    if (snapshot == null) {
      snapshot = Publishing.of(lake).snapshot(dataset);
    }
    uses.add(new Workbench.Use(id, snapshot.version()));
    return new DatasetSource(lake, dataset, view, snapshot).table();
  }

  /** To all but the administrator, what is not there and what is hidden look the same. */
  private RuntimeException absent(String id) {
    if (lake.principal().isAdministrator()) {
      List<String> databases =
          Catalog.of(lake).list().stream().map(d -> d.id().database()).distinct().toList();
      return new NotFoundException(
          "query",
          Subject.dataset(id),
          "there is no such dataset; there are the databases " + String.join(", ", databases));
    }
    return new AccessDeniedException(
        "query",
        Subject.dataset(id),
        lake.principal()
            + " may see nothing of that name; if there is such a dataset, whoever opened the lake"
            + " can grant select on it");
  }
}
