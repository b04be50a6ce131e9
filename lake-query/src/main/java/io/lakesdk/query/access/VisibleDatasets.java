package io.lakesdk.query.access;

import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import java.util.List;
import java.util.Optional;

/**
 * The datasets and views that statements may name. To all but the administrator, what is not there
 * and what is hidden look the same.
 */
public final class VisibleDatasets {

  private final Lake lake;
  private final String defaultDatabase;

  /**
   * @param lake seen by the principal who asks
   * @param defaultDatabase of names without one
   */
  public VisibleDatasets(Lake lake, String defaultDatabase) {
    this.lake = lake;
    this.defaultDatabase = defaultDatabase;
  }

  /**
   * The id of a dataset as a statement names it.
   *
   * @throws NotFoundException for the administrator, {@link AccessDeniedException} for others, if
   *     nothing can have that name
   */
  public DatasetId id(Optional<String> database, String table) {
    try {
      DatasetId id = new DatasetId(database.orElse(defaultDatabase), table);
      if (!id.isFederated()) {
        return id;
      }
    } catch (InvalidDefinitionException impossible) {
      // which is no other to whoever asks than one that is not there
    }
    throw absent(database.orElse(defaultDatabase) + "." + table);
  }

  /**
   * The dataset or view of that id.
   *
   * @throws NotFoundException for the administrator, with near names, if there is none
   * @throws AccessDeniedException for others, if there is none or it is hidden
   * @throws InvalidDefinitionException if its columns are not known
   */
  public VisibleDataset find(DatasetId id) {
    Optional<VisibleDataset> found =
        Definitions.of(lake)
            .find(id)
            .map(dataset -> VisibleDataset.of(lake, dataset))
            .or(() -> Views.of(lake).find(id).map(view -> VisibleDataset.of(lake, view)));
    if (found.isEmpty()) {
      if (lake.principal().isAdministrator()) {
        Catalog.of(lake).dataset(id);
      }
      throw absent(id.toString());
    }
    VisibleDataset dataset = found.get();
    if (dataset.isHidden()) {
      lake.access().decide(Action.SELECT, dataset.resource(), dataset.dataset().columns().names());
      throw absent(id.toString());
    }
    if (dataset.dataset().schema().columns().isEmpty()) {
      throw new InvalidDefinitionException(
          "query",
          Subject.dataset(id),
          "its columns are not known; declare them, or crawl it first");
    }
    return dataset;
  }

  /** The error of a name that stands for nothing. */
  public RuntimeException absent(String id) {
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
