package io.lakesdk.catalog.aws;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.catalog.definition.ViewStore;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Table;

/** Views as Athena keeps them in Glue, whoever made them. */
final class GlueViews implements ViewStore {

  private static final Logger LOG = LoggerFactory.getLogger(GlueViews.class);

  private final GlueTables tables;

  GlueViews(GlueTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Version> find(DatasetId id) {
    return tables.find(id).filter(AthenaView::isOne).map(AthenaView::read);
  }

  @Override
  public List<Version> all() {
    return readable(tables.all());
  }

  @Override
  public List<Version> all(String database) {
    return readable(tables.all(database));
  }

  /** Views that cannot be read are passed over; {@link #find} says why. */
  private static List<Version> readable(List<Table> all) {
    List<Version> views = new ArrayList<>();
    for (Table table : all) {
      try {
        if (AthenaView.isOne(table)) {
          views.add(AthenaView.read(table));
        }
      } catch (InvalidDefinitionException unreadable) {
        LOG.debug("A view of Glue is left out: {}", unreadable.getMessage());
      }
    }
    views.sort(Comparator.comparing(version -> version.view().id()));
    return views;
  }

  /** Glue keeps one for each update; those in a row that say the same are one here. */
  @Override
  public List<Version> versions(DatasetId id) {
    SortedMap<Long, Table> kept = new TreeMap<>();
    tables
        .versions(id)
        .forEach(version -> kept.put(Long.parseLong(version.versionId()), version.table()));
    tables.find(id).ifPresent(current -> kept.put(Long.parseLong(current.versionId()), current));
    List<Version> newestFirst = new ArrayList<>();
    for (Table table : kept.values()) {
      for (Version version : readable(List.of(table))) {
        if (newestFirst.isEmpty() || !newestFirst.get(0).view().equals(version.view())) {
          newestFirst.add(
              0, new Version(newestFirst.size() + 1L, version.view(), version.at(), version.by()));
        }
      }
    }
    return newestFirst;
  }

  @Override
  public boolean add(Version version, Optional<Version> before) {
    DatasetId id = version.view().id();
    Optional<Table> table = tables.find(id);
    if (table.isPresent() && !AthenaView.isOne(table.get())) {
      throw new AlreadyExistsException(
          "create",
          Subject.dataset(id),
          "there is a table of that name in Glue; give the view another name");
    }
    if (!table.map(AthenaView::read).equals(before)) {
      return false;
    }
    return tables.write(
        id,
        "create",
        table,
        AthenaView.write(version),
        there -> AthenaView.isOne(there) && AthenaView.read(there).equals(version));
  }

  @Override
  public void remove(DatasetId id) {
    tables.remove(id);
  }
}
