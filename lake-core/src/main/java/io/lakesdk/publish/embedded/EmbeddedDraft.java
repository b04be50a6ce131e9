package io.lakesdk.publish.embedded;

import io.lakesdk.Dataset;
import io.lakesdk.EmbeddedBackend;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.metadata.Tx;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
import io.lakesdk.publish.Publication;
import io.lakesdk.publish.Snapshot;
import io.lakesdk.publish.Version;
import io.lakesdk.publish.Write;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import io.lakesdk.storage.ObjectUpload;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A draft whose files become objects as soon as they are added. Until it was handed to the database
 * it discards them itself; from then on only what the database says counts, and what it does not
 * know is left to the vacuum.
 */
final class EmbeddedDraft implements Draft {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDraft.class);
  private static final Comparator<DataFile> ORDER =
      Comparator.comparing((DataFile file) -> file.partition().path())
          .thenComparing(file -> file.object().key());

  private final EmbeddedBackend backend;
  private final Dataset dataset;
  private final LoadId load;
  private final Write write;
  private final long entry;
  private final long base;
  private final Optional<Publication> earlier;
  private final FileNames names;
  private final Layout layout;
  private final List<Version.Source> sources = new ArrayList<>();
  private final Map<ObjectRef, DataFile> files = new LinkedHashMap<>();
  private final Set<ObjectRef> written = new LinkedHashSet<>();
  private final Set<Partition> replaced = new LinkedHashSet<>();
  private LocalFiles.@Nullable Staging staging;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    SUBMITTED,
    PUBLISHED,
    CLOSED
  }

  EmbeddedDraft(EmbeddedBackend backend, Tx tx, Dataset dataset, Write write, LoadId load) {
    this.backend = backend;
    this.dataset = dataset;
    this.load = load;
    this.write = write;
    this.names = new FileNames(dataset, load);
    this.layout = Layout.of(dataset);
    Optional<Entry> known = Entry.find(tx, dataset.id());
    known.ifPresent(e -> e.requireLayoutOf(dataset));
    this.entry = known.map(Entry::id).orElse(0L);
    this.base = known.map(Entry::version).orElse(0L);
    this.earlier =
        known.flatMap(
            e ->
                new Loads(tx, e)
                    .active(load)
                    .map(active -> Commit.receipt(tx, e, this, active.version())));
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public LoadId load() {
    return load;
  }

  @Override
  public Write write() {
    return write;
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
                Entry.find(tx, dataset.id())
                    .filter(found -> found.id() == entry)
                    .<Snapshot>map(found -> new StoredSnapshot(backend.metadata(), tx, found, base))
                    .orElseGet(() -> new NoSnapshot(dataset.id())));
  }

  @Override
  public Optional<Publication> earlier() {
    return earlier;
  }

  @Override
  public void derivedFrom(Version.Source source) {
    requireOpen();
    if (!sources.contains(source)) {
      sources.add(source);
    }
  }

  @Override
  public Path newFile() {
    return staging().file(dataset.format().extension());
  }

  @Override
  public Optional<Path> folder() {
    return staging().folder();
  }

  private LocalFiles.Staging staging() {
    requireOpen();
    LocalFiles.Staging existing = staging;
    if (existing == null) {
      existing = backend.files().stage();
      staging = existing;
    }
    return existing;
  }

  @Override
  public DataFile add(Path file, Partition partition, long rows) {
    requireOpen();
    Partition home = layout.check(dataset, partition);
    ObjectInfo object = staging().adopt(file, dataset.zone(), names.next(home), putOptions());
    written.add(reference(object));
    return include(object, home, OptionalLong.of(rows));
  }

  @Override
  public ObjectUpload upload(String name, Partition partition) {
    requireOpen();
    Partition home = layout.check(dataset, partition);
    return new DraftUpload(
        store().upload(names.next(home, name), putOptions()), info -> written.add(reference(info)));
  }

  @Override
  public DataFile include(ObjectInfo object, Partition partition, OptionalLong rows) {
    requireOpen();
    Partition home = layout.check(dataset, partition);
    DataFile file = new DataFile(reference(object), home, object.size(), rows, object.sha256());
    if (files.putIfAbsent(file.object(), file) != null) {
      throw new InvalidDefinitionException(
          "add a file to",
          Subject.object(dataset.zone(), object.key()),
          "it is a file of load " + load + " already");
    }
    return file;
  }

  @Override
  public void replace(Partition partition) {
    requireOpen();
    Partition home = layout.check(dataset, partition);
    if (write == Write.OVERWRITE_PARTITIONS) {
      replaced.add(home);
    }
  }

  private ObjectStore store() {
    return backend.stores().apply(dataset.zone());
  }

  private PutOptions putOptions() {
    return PutOptions.defaults().ifAbsent().metadata(Map.of(OBJECT_MARK, names.attempt()));
  }

  private ObjectRef reference(ObjectInfo object) {
    return new ObjectRef(dataset.zone(), object.key(), object.version());
  }

  private void requireOpen() {
    if (state == State.PUBLISHED || state == State.CLOSED) {
      throw new InvalidDefinitionException(
          "write",
          Subject.of(Subject.Kind.LOAD, load.text()),
          "the draft was " + (state == State.CLOSED ? "closed" : "published") + "; begin another");
    }
  }

  /** The number of the dataset that this began on; 0 if it was not there. */
  long entry() {
    return entry;
  }

  String attempt() {
    return names.attempt();
  }

  List<DataFile> files() {
    return files.values().stream().sorted(ORDER).toList();
  }

  List<Version.Source> sources() {
    return List.copyOf(sources);
  }

  Set<Partition> partitions() {
    Set<Partition> all = new LinkedHashSet<>(replaced);
    files.values().forEach(file -> all.add(file.partition()));
    return all;
  }

  /** Refuses a draft that was closed; one that was published may be published again. */
  void requirePublishable() {
    if (state == State.CLOSED) {
      requireOpen();
    }
  }

  /** From here on only the database knows whether it was published. */
  void submit() {
    if (state == State.OPEN) {
      state = State.SUBMITTED;
    }
  }

  void published() {
    state = State.PUBLISHED;
    written.removeAll(files.keySet());
  }

  /** Removes what was written: another draft of the same load is what counts. */
  void discard() {
    state = State.PUBLISHED;
    removeWritten();
  }

  /** Makes sure that every file is there and that no vacuum is about to remove it. */
  void requireFiles(Tx tx) {
    for (ObjectRef object : files.keySet()) {
      if (Garbage.holds(tx, object) || !exists(object)) {
        throw new ConflictException(
            "publish",
            Subject.object(object.zone(), object.key()),
            "the file is gone; load it again");
      }
    }
  }

  private boolean exists(ObjectRef object) {
    try {
      store().head(object.key(), ReadOptions.current().version(object.version()));
      return true;
    } catch (NotFoundException gone) {
      return false;
    }
  }

  private void removeWritten() {
    for (ObjectRef object : written) {
      try {
        store().deleteVersion(object.key(), object.version());
      } catch (LakeException e) {
        LOG.info("{} was not published and is left for the vacuum", object, e);
      }
    }
    written.clear();
  }

  @Override
  public void close() {
    if (state == State.OPEN || state == State.PUBLISHED) {
      removeWritten();
    }
    state = State.CLOSED;
    if (staging != null) {
      staging.close();
      staging = null;
    }
  }
}
