package io.lakesdk.catalog.definition;

import io.lakesdk.DatasetId;
import io.lakesdk.catalog.Views.Version;
import io.lakesdk.error.AlreadyExistsException;
import java.util.List;
import java.util.Optional;

/**
 * Where a catalog keeps views. It is asked inside of {@link io.lakesdk.Backend#atomically}, asks
 * nobody for permission, and is thread-safe.
 */
public interface ViewStore {

  /** The current definition. */
  Optional<Version> find(DatasetId id);

  /** The current definitions of all views, by id. */
  List<Version> all();

  /** Those of one database. */
  List<Version> all(String database);

  /** Every definition that the view had, the newest first. */
  List<Version> versions(DatasetId id);

  /**
   * Makes a definition the current one, if that is still what was found before.
   *
   * @param before empty if the view was not there
   * @return whether it was; otherwise nothing is changed
   * @throws AlreadyExistsException if a dataset has the name
   */
  boolean add(Version version, Optional<Version> before);

  /** Forgets the view and every definition that it had; does nothing where it is not there. */
  void remove(DatasetId id);
}
