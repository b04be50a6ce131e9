package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Write;
import io.lakesdk.publish.draft.NoSnapshot;
import io.lakesdk.publish.draft.StagedDraft;
import java.util.Map;
import java.util.Optional;

/** A draft that is published through the database of an embedded lake. */
final class EmbeddedDraft extends StagedDraft {

  private final EmbeddedBackend backend;
  private final long entry;
  private final long base;
  private final Optional<Publication> earlier;

  EmbeddedDraft(EmbeddedBackend backend, Tx tx, Dataset dataset, Write write, LoadId load) {
    super(backend, dataset, write, load, Folder.OF_THE_PARTITION, Map.of());
    this.backend = backend;
    Optional<Entry> known = Entry.find(tx, dataset.id());
    known.ifPresent(e -> e.requireLayoutOf(dataset));
    this.entry = known.map(Entry::id).orElse(0L);
    this.base = known.map(Entry::version).orElse(0L);
    this.earlier =
        known.flatMap(
            e ->
                new Loads(tx, e)
                    .active(load)
                    .map(active -> Commit.receipt(tx, e, load, active.version())));
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public Snapshot before() {
    return backend
        .metadata()
        .read(
            tx ->
                Entry.find(tx, dataset().id())
                    .filter(found -> found.id() == entry)
                    .<Snapshot>map(found -> new StoredSnapshot(backend.metadata(), tx, found, base))
                    .orElseGet(() -> new NoSnapshot(dataset().id())));
  }

  @Override
  public Optional<Publication> earlier() {
    return earlier;
  }

  @Override
  protected long birth() {
    return entry;
  }

  /** Makes sure that every file is there and that no vacuum is about to remove it. */
  void requireFiles(Tx tx) {
    for (DataFile file : files()) {
      if (Garbage.holds(tx, file.object()) || !exists(file.object())) {
        throw gone(file.object());
      }
    }
  }
}
