package io.lakesdk.query.statement.table;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.DatasetId;
import io.lakesdk.Lake;
import io.lakesdk.catalog.Catalog;
import io.lakesdk.catalog.Definitions;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.Provenance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A table that a statement creates. */
public final class NewDataset {

  private final Lake lake;
  private final Dataset dataset;
  private final AtomicBoolean registered = new AtomicBoolean();

  public NewDataset(Lake lake, Dataset dataset) {
    this.lake = lake;
    this.dataset = dataset;
  }

  /** Creates it with this work, which {@linkplain #register registers} it in a transaction. */
  public <T> T create(Supplier<T> work) {
    try {
      return work.get();
    } catch (OutcomeUnknownException e) {
      throw e;
    } catch (RuntimeException e) {
      if (registered.get() && lake.backend() instanceof AwsBackend) {
        withdraw(e);
      }
      throw e;
    }
  }

  /**
   * Registers it if it is not there. A transaction that is done again finds in Glue, which is no
   * part of it, what it registered before.
   *
   * @throws AlreadyExistsException if there is a dataset of its name
   */
  public void register() {
    Optional<Dataset> known = Definitions.of(lake).find(dataset.id());
    boolean own = registered.get() && known.equals(Optional.of(dataset));
    if (known.isPresent() && !own) {
      throw exists(dataset.id());
    }
    Catalog.of(lake).register(dataset);
    registered.set(true);
  }

  /**
   * Registers it without files, in a transaction of its own.
   *
   * @throws OutcomeUnknownException if it cannot be learnt whether it happened
   */
  public void registerAlone() {
    try {
      lake.backend()
          .atomically(
              () -> {
                register();
                return dataset;
              });
    } catch (OutcomeUnknownException lost) {
      Targets.settle(lake, dataset, lost);
    }
  }

  /** Removes a table from Glue whose rows were then not published. */
  private void withdraw(RuntimeException failure) {
    try {
      Optional<Dataset> left = Definitions.of(lake).find(dataset.id());
      if (left.equals(Optional.of(dataset)) && !Provenance.of(lake).hasVersions(dataset.id())) {
        Catalog.of(lake).drop(dataset.id());
      }
    } catch (LakeException e) {
      failure.addSuppressed(e);
    }
  }

  /** The error of a name that is taken. */
  public static AlreadyExistsException exists(DatasetId id) {
    return new AlreadyExistsException(
        "create",
        Subject.dataset(id),
        "there is a dataset of that name; DROP TABLE it first, or INSERT INTO it");
  }
}
