package io.lakesdk.publish.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.Dataset;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.event.DataPublishedEvent;
import io.lakesdk.event.DataRemovedEvent;
import io.lakesdk.event.DataRolledBackEvent;
import io.lakesdk.event.DataVacuumedEvent;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Provenance;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Publishing;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.publish.draft.NoSnapshot;
import io.lakesdk.publish.draft.PublishAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Publishing on S3 and Glue. The versions of a dataset are a log of conditional objects in S3, and
 * that is what this SDK reads; Glue's tables and partitions are brought to the newest version
 * afterwards, for those who read them through AWS.
 */
public final class GluePublishing implements Publishing {

  /** The parameter of a Glue table that says where its files are; tables of others have none. */
  public static final String FOLDER = "lake.folder";

  /** The parameter of a Glue table that has the number of the definition that it shows. */
  public static final String DEFINITION = "lake.definition";

  private static final Logger LOG = LoggerFactory.getLogger(GluePublishing.class);

  private final Lake lake;
  private final PublishAccess access;
  private final AwsBackend backend;
  private final Transactions transactions;
  private final GlueTables tables;

  public GluePublishing(Lake lake, AwsBackend backend) {
    this.lake = lake;
    this.access = new PublishAccess(lake);
    this.backend = backend;
    this.transactions = backend.publishing().of(backend);
    this.tables = new GlueTables(backend);
  }

  /** What an open lake remembers of the versions that it has read. */
  public static final class Memory {
    private @Nullable Transactions transactions;

    private synchronized Transactions of(AwsBackend backend) {
      Transactions existing = transactions;
      if (existing == null) {
        existing = new Transactions(backend);
        transactions = existing;
      }
      return existing;
    }
  }

  /** See {@link io.lakesdk.Backend#atomically}. */
  public static <T> T atomically(AwsBackend backend, Supplier<T> work) {
    return backend.publishing().of(backend).atomically(work);
  }

  /** Which data was made from which, whoever asks. */
  public static Provenance provenance(AwsBackend backend) {
    return new LogProvenance(backend.publishing().of(backend));
  }

  /**
   * The folder of its zone that a table of Glue points at which is made of a dataset, until {@link
   * #show} is called: for a dataset with partition keys its location, for others a folder that
   * stays empty.
   */
  public static String initialFolder(Dataset dataset) {
    return dataset.isPartitioned() ? dataset.location() : Places.empty(dataset);
  }

  /**
   * Makes Glue's table of the dataset show the newest version, if there is a table and it does not.
   * Whoever makes or changes a table calls this afterwards; a table that is changed keeps its
   * location and its parameters that start with {@code lake.}.
   */
  public void show(Dataset dataset) {
    sync(dataset).run(Goal.Scope.CHANGED);
  }

  private Sync sync(Dataset dataset) {
    return new Sync(backend, transactions, tables, dataset, lake.clock().instant());
  }

  @Override
  public Draft begin(Dataset dataset, Write write, LoadId load) {
    access.requireWrite(dataset);
    GlueDraft draft =
        GlueDraft.begin(backend, transactions, dataset, write, load, lake.clock().instant());
    if (draft.base() == 0) {
      requireOwn(dataset);
    }
    return draft;
  }

  @Override
  public List<Publication> publish(List<Draft> drafts) {
    List<GlueDraft> own = drafts.stream().map(GlueDraft.class::cast).toList();
    for (GlueDraft draft : own) {
      access.requireWrite(draft.dataset());
      draft.requirePublishable();
    }
    return own.isEmpty()
        ? List.of()
        : transactions.inOne(
            own.stream().map(draft -> draft.dataset().id()).toList(),
            transaction -> commit(transaction, own));
  }

  private List<Publication> commit(Transaction transaction, List<GlueDraft> drafts) {
    Instant at = lake.clock().instant();
    List<Publication> publications = new ArrayList<>();
    for (GlueDraft draft : drafts) {
      Commit commit = new Commit(backend, transactions, draft);
      Publication one = commit.run(transaction, at, lake.principal());
      publications.add(one);
      if (one.outcome() == Publication.Outcome.PUBLISHED) {
        transaction.whenCommitted(
            () -> lake.emit(new DataPublishedEvent(at, lake.principal(), one)));
      }
      transaction.afterwards(() -> show(draft.dataset()));
    }
    return publications;
  }

  @Override
  public Snapshot snapshot(Dataset dataset) {
    access.requireVisible(dataset);
    Optional<Snapshot> published =
        transactions.look(
            dataset.id(),
            state ->
                state.version() == 0
                    ? Optional.empty()
                    : Optional.of(snapshot(state, state.version())));
    return published.orElseGet(() -> unpublished(dataset));
  }

  /** Nothing, unless another tool has made a table of it. */
  private Snapshot unpublished(Dataset dataset) {
    return foreign(dataset)
        .<Snapshot>map(table -> new ForeignSnapshot(backend, tables, dataset, table))
        .orElseGet(() -> new NoSnapshot(dataset.id()));
  }

  private Optional<Table> foreign(Dataset dataset) {
    return tables
        .find(dataset.id())
        .filter(table -> table.storageDescriptor() != null && Sync.isForeign(table));
  }

  private void requireOwn(Dataset dataset) {
    if (foreign(dataset).isPresent()) {
      throw new InvalidDefinitionException(
          "load into",
          Subject.dataset(dataset.id()),
          "another tool made its table in Glue, and its files would no longer be part of it; load"
              + " into a dataset of another name");
    }
  }

  @Override
  public Snapshot snapshot(Dataset dataset, long version) {
    access.requireVisible(dataset);
    return transactions.look(dataset.id(), state -> snapshot(state, version));
  }

  /** Of the log as it goes on, or of what the thread's transaction is about to make of it. */
  private Snapshot snapshot(State state, long version) {
    Log log = transactions.log(state.dataset);
    return transactions
        .current()
        .flatMap(transaction -> transaction.changed(log))
        .map(changed -> new LogSnapshot(changed, version))
        .orElseGet(() -> new LogSnapshot(log, state, version));
  }

  @Override
  public List<Version> history(Dataset dataset) {
    access.requireVisible(dataset);
    return transactions.look(
        dataset.id(),
        state -> {
          List<Version> newestFirst = new ArrayList<>();
          for (long number = state.version(); number > 0; number--) {
            newestFirst.add(state.made(number).version());
          }
          return newestFirst;
        });
  }

  @Override
  public Version rollback(Dataset dataset, long version) {
    access.requireWrite(dataset);
    return transactions.inOne(
        List.of(dataset.id()), transaction -> rollback(transaction, dataset, version));
  }

  private Version rollback(Transaction transaction, Dataset dataset, long target) {
    Log log = transactions.log(dataset.id());
    transaction.look(
        log,
        state -> {
          state.requireReadable("roll back to", target);
          return state.entry;
        });
    Entry entry =
        Entry.of(Entry.Kind.ROLLBACK)
            .made(lake.clock().instant().toString(), lake.principal().toString())
            .restoring(target);
    transaction.add(log, entry);
    Version version = transaction.look(log, state -> state.made(state.version()).version());
    transaction.whenCommitted(
        () -> lake.emit(new DataRolledBackEvent(version.at(), version.by(), version)));
    transaction.afterwards(() -> show(dataset));
    return version;
  }

  @Override
  public VacuumReport vacuum(Dataset dataset, Duration retention) {
    access.requireWrite(dataset);
    if (transactions.current().isPresent()) {
      throw new IllegalStateException("a vacuum cannot be part of a transaction");
    }
    if (retention.isNegative()) {
      throw new InvalidDefinitionException(
          "vacuum", Subject.dataset(dataset.id()), "a retention is not negative");
    }
    Instant at = lake.clock().instant();
    Sync sync = sync(dataset);
    sync.run(Goal.Scope.ALL);
    Vacuum vacuum = new Vacuum(backend, transactions, dataset, at);
    long versions = vacuum.retire(retention);
    vacuum.collectUnpublished(retention, sync.shown());
    VacuumReport report = vacuum.remove(versions);
    transactions.objects().removeOldCheckpoints(dataset.id());
    lake.emit(new DataVacuumedEvent(at, lake.principal(), dataset.id(), report));
    return report;
  }

  @Override
  public void remove(Dataset dataset) {
    access.requireWrite(dataset);
    Instant at = lake.clock().instant();
    Log log = transactions.log(dataset.id());
    transactions.inOne(
        List.of(dataset.id()),
        transaction -> {
          boolean there = transaction.look(log, state -> state.birth != 0);
          if (there) {
            transaction.add(log, Entry.of(Entry.Kind.REMOVE));
            transaction.whenCommitted(
                () -> lake.emit(new DataRemovedEvent(at, lake.principal(), dataset.id())));
          }
          transaction.afterwards(() -> removeFiles(dataset, at));
          return there;
        });
  }

  private void removeFiles(Dataset dataset, Instant at) {
    try {
      Vacuum vacuum = new Vacuum(backend, transactions, dataset, at);
      vacuum.collectRemoved();
      vacuum.remove(0);
    } catch (LakeException e) {
      LOG.info("Files of a removed dataset are left for a vacuum of it", e);
    }
  }
}
