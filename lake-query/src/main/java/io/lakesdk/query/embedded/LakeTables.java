package io.lakesdk.query.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.access.VisibleDatasets;
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
  private final VisibleDatasets datasets;
  private final Map<DatasetId, SourceTable> tables = new HashMap<>();
  private final Map<DatasetId, Snapshot> given = new HashMap<>();
  private final Set<Workbench.Use> uses = new LinkedHashSet<>();

  LakeTables(Lake lake, String defaultDatabase) {
    this.lake = lake;
    this.datasets = new VisibleDatasets(lake, defaultDatabase);
  }

  @Override
  public Optional<SourceTable> resolve(Optional<String> database, String table) {
    return Optional.of(tables.computeIfAbsent(datasets.id(database, table), this::find));
  }

  /** The dataset at the snapshot that is given, which statements that name it read from now on. */
  DatasetSource at(Dataset dataset, Snapshot snapshot) {
    VisibleDataset visible = VisibleDataset.of(lake, dataset);
    if (visible.isHidden()) {
      visible.authorize(Set.copyOf(dataset.columns().names()));
      throw datasets.absent(dataset.id().toString());
    }
    given.putIfAbsent(dataset.id(), snapshot);
    uses.add(new Workbench.Use(dataset.id(), snapshot.version()));
    return new DatasetSource(lake, visible, snapshot);
  }

  /** The datasets that were given or named, with the versions that are read. */
  List<Workbench.Use> uses() {
    return List.copyOf(uses);
  }

  private SourceTable find(DatasetId id) {
    VisibleDataset visible = datasets.find(id);
    if (visible.isView()) {
      return visible.table(visible);
    }
    Snapshot snapshot = given.get(id);
    if (snapshot == null) {
      snapshot = Publishing.of(lake).snapshot(visible.dataset());
    }
    uses.add(new Workbench.Use(id, snapshot.version()));
    return new DatasetSource(lake, visible, snapshot).table();
  }
}
