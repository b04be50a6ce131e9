package io.lakesdk.catalog;

import io.lakesdk.AwsBackend;
import io.lakesdk.DatasetId;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.catalog.aws.GlueCatalog;
import io.lakesdk.catalog.embedded.EmbeddedCatalog;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The views of a lake, which share their names with its datasets: a name is one or the other. For
 * the layers; applications make and read views with SQL. What it keeps is not understood here: who
 * makes a view has had its query analysed and authorised. Thread-safe.
 */
public interface Views {

  static Views of(Lake lake) {
    return lake.backend() instanceof AwsBackend aws
        ? GlueCatalog.views(lake, aws)
        : EmbeddedCatalog.views(lake, (EmbeddedBackend) lake.backend());
  }

  /** What is to be done with a view that has the name already. */
  enum Existing {
    REFUSE,
    REPLACE
  }

  /**
   * A definition as it was made.
   *
   * @param number 1, 2, 3 ...; higher than those of earlier definitions
   * @param view what was made
   * @param at when
   * @param by by whom
   */
  record Version(long number, View view, Instant at, Principal by) {}

  /** The current definition, whoever asks. */
  Optional<View> find(DatasetId id);

  /** The views of which the principal may see a column, with all their columns, by id. */
  List<View> list();

  /** Those of one database. */
  List<View> list(String database);

  /**
   * Every definition that the view had, the newest first.
   *
   * @throws NotFoundException if it is not there, or not for the principal
   */
  List<Version> versions(DatasetId id);

  /**
   * Makes a view, or gives it another definition. Needs WRITE on {@link View#ZONE}.
   *
   * @throws AlreadyExistsException if a dataset has the name; or a view, unless it is to be
   *     replaced
   * @throws ConflictException if others keep changing it meanwhile
   */
  void create(View view, Existing existing);

  /**
   * Forgets a view and every definition that it had. Needs WRITE on {@link View#ZONE}.
   *
   * @throws NotFoundException if it is not there
   * @throws AccessDeniedException if the principal may see it and not write it
   */
  void drop(DatasetId id);
}
