package io.lakesdk.catalog.definition;

import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a catalog keeps the definitions of datasets. It is asked inside of {@link
 * io.lakesdk.Backend#atomically}, asks nobody for permission, and is thread-safe.
 */
public interface DefinitionStore {

  /**
   * A definition as it was registered.
   *
   * @param number 1, 2, 3 ...; higher than those of earlier definitions
   * @param dataset what was registered
   * @param at when
   * @param by by whom
   */
  record Registered(long number, Dataset dataset, Instant at, Principal by) {}

  /** The current definition. */
  Optional<Registered> find(DatasetId id);

  /** The current definitions of all datasets, by id. */
  List<Registered> all();

  /** Those of one database. */
  List<Registered> all(String database);

  /** Every definition that the dataset had, the newest first. */
  List<Registered> versions(DatasetId id);

  /** Another dataset of the zone of which the location contains this one, or lies in it. */
  Optional<DatasetId> overlapping(Dataset dataset);

  /** Whether the dataset has, or had, files. */
  boolean hasData(Dataset known);

  /**
   * Makes a definition the current one, if that is still what was found before.
   *
   * @param before empty if the dataset was not there
   * @return whether it was; otherwise nothing is changed
   */
  boolean add(Registered version, Optional<Registered> before);

  /** Forgets the dataset and every definition that it had; does nothing where it is not there. */
  void remove(DatasetId id);
}
