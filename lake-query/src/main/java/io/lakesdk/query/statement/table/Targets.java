package io.lakesdk.query.statement.table;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.catalog.Views;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.access.VisibleDatasets;
import io.lakesdk.query.sql.SqlErrors;
import java.util.List;
import java.util.Optional;

/** The datasets that statements write. */
public final class Targets {

  private final Lake lake;
  private final VisibleDatasets datasets;

  /**
   * @param lake seen by the principal who asks
   * @param defaultDatabase of names without one
   */
  public Targets(Lake lake, String defaultDatabase) {
    this.lake = lake;
    this.datasets = new VisibleDatasets(lake, defaultDatabase);
  }

  /**
   * A dataset that the principal may write. To all but the administrator, what is not there and
   * what is hidden look the same, unless they may write it.
   *
   * @throws NotFoundException for the administrator, if it is not there
   * @throws AccessDeniedException for others; also if they may see and not write it
   * @throws InvalidDefinitionException if its columns are not known, or it is a view
   */
  public Dataset find(DatasetId id) {
    Dataset dataset = definition(id);
    if (dataset.schema().columns().isEmpty()) {
      throw new InvalidDefinitionException(
          "write",
          Subject.dataset(id),
          "its columns are not known; declare them, or crawl it first");
    }
    return dataset;
  }

  /** {@link #find}, also if its columns are not known. */
  public Dataset definition(DatasetId id) {
    Optional<Dataset> found = Definitions.of(lake).find(id);
    if (found.isEmpty()) {
      if (isView(id)) {
        throw SqlErrors.refuse("Relation '" + id + "' is a view, not a table");
      }
      if (lake.principal().isAdministrator()) {
        Catalog.of(lake).dataset(id);
      }
      throw datasets.absent(id.toString());
    }
    Dataset dataset = found.get();
    Resource zone = Resource.zone(dataset.zone());
    if (lake.access().decide(Action.WRITE, zone, List.of()) instanceof Decision.Denied denied) {
      if (VisibleDataset.of(lake, dataset).isHidden()) {
        throw datasets.absent(id.toString());
      }
      throw new AccessDeniedException(
          "write", Subject.dataset(id), denied.reason() + "; " + denied.remedy());
    }
    return dataset;
  }

  /** Whether it is a view that the principal may see. */
  public boolean isView(DatasetId id) {
    return Views.of(lake)
        .find(id)
        .filter(view -> !VisibleDataset.of(lake, view).isHidden())
        .isPresent();
  }

  /**
   * Makes sure, in the transaction that changes a table, that it is the one that was looked at.
   *
   * @param verb what is done to it
   * @throws ConflictException if it is not
   */
  public static void requireUnchanged(Lake lake, Dataset target, String verb) {
    if (!isCurrent(lake, target)) {
      throw new ConflictException(
          verb,
          Subject.dataset(target.id()),
          "it was dropped or its definition changed meanwhile; nothing was done, run it again");
    }
  }

  /**
   * Settles a registration whose answer was lost, by looking.
   *
   * @throws OutcomeUnknownException which was given, if the definition is not there, or if that
   *     cannot be learnt
   */
  public static void settle(Lake lake, Dataset registered, OutcomeUnknownException lost) {
    try {
      if (isCurrent(lake, registered)) {
        return;
      }
    } catch (LakeException e) {
      lost.addSuppressed(e);
    }
    throw lost;
  }

  /** Whether the catalog has just this definition. */
  public static boolean isCurrent(Lake lake, Dataset definition) {
    return Definitions.of(lake).find(definition.id()).equals(Optional.of(definition));
  }
}
