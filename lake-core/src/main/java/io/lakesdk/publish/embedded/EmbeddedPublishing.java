package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.Lake;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.event.DataPublishedEvent;
import io.lakesdk.event.DataRemovedEvent;
import io.lakesdk.event.DataRolledBackEvent;
import io.lakesdk.event.DataVacuumedEvent;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.metadata.Tx;
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
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishing on the metadata of an embedded lake. */
public final class EmbeddedPublishing implements Publishing {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPublishing.class);

  private final Lake lake;
  private final PublishAccess access;
  private final EmbeddedBackend backend;
  private final MetadataStore metadata;

  public EmbeddedPublishing(Lake lake, EmbeddedBackend backend) {
    this.lake = lake;
    this.access = new PublishAccess(lake);
    this.backend = backend;
    this.metadata = backend.metadata();
    lake.shared(Tables.class, () -> Tables.in(metadata));
  }

  /** Which data was made from which, whoever asks. */
  public static Provenance provenance(Lake lake, EmbeddedBackend backend) {
    lake.shared(Tables.class, () -> Tables.in(backend.metadata()));
    return new StoredProvenance(backend.metadata());
  }

  @Override
  public Draft begin(Dataset dataset, Write write, LoadId load) {
    access.requireWrite(dataset);
    return metadata.read(tx -> new EmbeddedDraft(backend, tx, dataset, write, load));
  }

  @Override
  public List<Publication> publish(List<Draft> drafts) {
    List<EmbeddedDraft> own = drafts.stream().map(EmbeddedDraft.class::cast).toList();
    for (EmbeddedDraft draft : own) {
      access.requireWrite(draft.dataset());
      draft.requirePublishable();
    }
    return own.isEmpty() ? List.of() : metadata.write(tx -> commit(tx, own));
  }

  private List<Publication> commit(Tx tx, List<EmbeddedDraft> drafts) {
    Instant at = lake.clock().instant();
    List<Publication> publications = new ArrayList<>();
    for (EmbeddedDraft draft : drafts) {
      publications.add(new Commit(tx, draft, new Visibility(backend)).run(at, lake.principal()));
    }
    drafts.forEach(EmbeddedDraft::submit);
    tx.afterCommit(
        () ->
            publications.stream()
                .filter(one -> one.outcome() == Publication.Outcome.PUBLISHED)
                .forEach(one -> lake.emit(new DataPublishedEvent(at, lake.principal(), one))));
    return publications;
  }

  @Override
  public Snapshot snapshot(Dataset dataset) {
    access.requireVisible(dataset);
    return metadata.read(
        tx ->
            Entry.find(tx, dataset.id())
                .<Snapshot>map(entry -> new StoredSnapshot(metadata, tx, entry, entry.version()))
                .orElseGet(() -> new NoSnapshot(dataset.id())));
  }

  @Override
  public Snapshot snapshot(Dataset dataset, long version) {
    access.requireVisible(dataset);
    return metadata.read(
        tx -> new StoredSnapshot(metadata, tx, require(tx, "read", dataset, version), version));
  }

  @Override
  public List<Version> history(Dataset dataset) {
    access.requireVisible(dataset);
    return metadata.read(
        tx ->
            Entry.find(tx, dataset.id())
                .map(entry -> new Versions(tx, entry).newestFirst())
                .orElse(List.of()));
  }

  @Override
  public Version rollback(Dataset dataset, long version) {
    access.requireWrite(dataset);
    return metadata.write(
        tx -> rollback(tx, require(tx, "roll back to", dataset, version), version));
  }

  private Version rollback(Tx tx, Entry entry, long target) {
    Versions versions = new Versions(tx, entry);
    versions.requireReadable("roll back to", target);
    Content.Restored restored = new Content(tx, entry).restore(target);
    Version version =
        new Version(
            entry.dataset(),
            entry.version() + 1,
            Version.Change.ROLLBACK,
            Optional.empty(),
            OptionalLong.of(target),
            lake.clock().instant(),
            lake.principal(),
            restored.added(),
            restored.removed(),
            restored.rowsAdded(),
            List.of());
    versions.add(version, versions.totals(target));
    new Loads(tx, entry).restore(target);
    entry.at(tx, version.number());
    Visibility visibility = new Visibility(backend);
    visibility.hideRemoved(tx, entry, version.number());
    visibility.showAdded(tx, entry, version.number());
    tx.afterCommit(() -> lake.emit(new DataRolledBackEvent(version.at(), version.by(), version)));
    return version;
  }

  @Override
  public VacuumReport vacuum(Dataset dataset, Duration retention) {
    access.requireWrite(dataset);
    if (metadata.inTransaction()) {
      throw new IllegalStateException("a vacuum cannot be part of a transaction");
    }
    if (retention.isNegative()) {
      throw new InvalidDefinitionException(
          "vacuum", Subject.dataset(dataset.id()), "a retention is not negative");
    }
    Instant at = lake.clock().instant();
    Garbage garbage = new Garbage(backend, dataset.id());
    Vacuum vacuum = new Vacuum(backend, dataset, garbage, at);
    long versions = vacuum.retire(retention);
    vacuum.collectUnpublished(retention);
    Garbage.Removed removed = garbage.remove();
    VacuumReport report = new VacuumReport(removed.files(), removed.bytes(), versions);
    lake.emit(new DataVacuumedEvent(at, lake.principal(), dataset.id(), report));
    return report;
  }

  @Override
  public void remove(Dataset dataset) {
    access.requireWrite(dataset);
    Instant at = lake.clock().instant();
    Garbage garbage = new Garbage(backend, dataset.id());
    metadata.write(
        tx -> {
          Optional<Entry> entry = Entry.find(tx, dataset.id());
          entry.ifPresent(found -> Vacuum.removeAll(tx, found, garbage));
          tx.afterCommit(
              () -> {
                removeFiles(new Vacuum(backend, dataset, garbage, at), garbage);
                entry.ifPresent(
                    found -> lake.emit(new DataRemovedEvent(at, lake.principal(), dataset.id())));
              });
          return entry;
        });
  }

  private static void removeFiles(Vacuum vacuum, Garbage garbage) {
    try {
      vacuum.collectUnpublished(Duration.ZERO);
      garbage.remove();
    } catch (LakeException e) {
      LOG.info("Files of a removed dataset are left for a vacuum of it", e);
    }
  }

  private static Entry require(Tx tx, String verb, Dataset dataset, long version) {
    return Entry.find(tx, dataset.id())
        .orElseThrow(
            () ->
                new NotFoundException(
                    verb,
                    Versions.subject(dataset.id(), version),
                    "nothing was published to the dataset yet"));
  }
}
