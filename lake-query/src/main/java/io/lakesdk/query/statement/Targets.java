package io.lakesdk.query.statement;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.access.Action;
import io.lakesdk.access.Decision;
import io.lakesdk.access.Resource;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.query.access.VisibleDataset;
import io.lakesdk.query.access.VisibleDatasets;
import io.lakesdk.query.sql.SqlErrors;
import java.util.List;
import java.util.Optional;

/** The datasets that statements write. */
final class Targets {

  private final Session session;
  private final Lake lake;
  private final VisibleDatasets datasets;

  Targets(Session session) {
    this.session = session;
    this.lake = session.lake();
    this.datasets = new VisibleDatasets(lake, session.database());
  }

  /**
   * A dataset that the principal may write. To all but the administrator, what is not there and
   * what is hidden look the same, unless they may write it.
   *
   * @throws NotFoundException for the administrator, if it is not there
   * @throws AccessDeniedException for others; also if they may see and not write it
   * @throws InvalidDefinitionException if its columns are not known, or it is a view
   */
  Dataset find(DatasetId id) {
    Optional<Dataset> found = Definitions.of(lake).find(id);
    if (found.isEmpty()) {
      if (ShowView.find(session, id).isPresent()) {
        throw SqlErrors.refuse("Inserting into views is not supported: " + id + " is a view");
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
    if (dataset.schema().columns().isEmpty()) {
      throw new InvalidDefinitionException(
          "write",
          Subject.dataset(id),
          "its columns are not known; declare them, or crawl it first");
    }
    return dataset;
  }
}
