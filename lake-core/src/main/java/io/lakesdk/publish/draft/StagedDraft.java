package io.lakesdk.publish.draft;

import io.lakesdk.Backend;
import io.lakesdk.Bucketing;
import io.lakesdk.Dataset;
import io.lakesdk.Format;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.DataFile;
import io.lakesdk.publish.Draft;
import io.lakesdk.publish.LoadId;
import io.lakesdk.publish.Partition;
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
import java.util.HashMap;
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
 * A draft whose files become objects as soon as they are added. Until it was submitted it discards
 * them itself; from then on only what the versions say counts, and what they do not know is left to
 * the vacuum.
 */
public abstract class StagedDraft implements Draft {

  /** Files in the order of receipts. */
  public static final Comparator<DataFile> ORDER =
      Comparator.comparing((DataFile file) -> file.partition().path())
          .thenComparing(file -> file.object().key());

  private static final Logger LOG = LoggerFactory.getLogger(StagedDraft.class);

  private final Backend backend;
  private final Dataset dataset;
  private final LoadId load;
  private final Write write;
  private final FileNames names;
  private final Layout layout;
  private final Map<String, String> marks;
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

  /** Where files are written. */
  public enum Folder {
    /** In that of their partition. */
    OF_THE_PARTITION,
    /** In one of the draft's own, in that of their partition. */
    OF_THE_DRAFT
  }

  /**
   * A draft.
   *
   * @param marks more pairs for the user metadata of what it writes, beside {@link #OBJECT_MARK}
   */
  protected StagedDraft(
      Backend backend,
      Dataset dataset,
      Write write,
      LoadId load,
      Folder folder,
      Map<String, String> marks) {
    this.backend = backend;
    this.dataset = dataset;
    this.load = load;
    this.write = write;
    this.names = new FileNames(dataset, load, folder);
    this.layout = Layout.of(dataset);
    this.marks = new HashMap<>(marks);
    this.marks.put(OBJECT_MARK, names.attempt());
  }

  @Override
  public final Dataset dataset() {
    return dataset;
  }

  @Override
  public final LoadId load() {
    return load;
  }

  @Override
  public final Write write() {
    return write;
  }

  /** {@link Conflicts.Current#birth} of the dataset that this began on; 0 if it was not there. */
  protected abstract long birth();

  @Override
  public final void derivedFrom(Version.Source source) {
    requireOpen();
    if (!sources.contains(source)) {
      sources.add(source);
    }
  }

  @Override
  public final Path newFile() {
    return staging().file(Format.fileEnding(dataset.format()));
  }

  @Override
  public final Optional<Path> folder() {
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
  public final DataFile add(Path file, Partition partition, long rows) {
    return add(List.of(new NewFile(file, partition, rows))).get(0);
  }

  @Override
  public final List<DataFile> add(List<NewFile> added) {
    requireOpen();
    if (dataset.bucketing().isPresent() && added.stream().anyMatch(f -> f.bucket().isEmpty())) {
      throw notOfABucket();
    }
    List<Partition> homes =
        added.stream().map(file -> layout.check(dataset, file.partition())).toList();
    List<LocalFiles.Staging.Adoption> adoptions = new ArrayList<>();
    for (int i = 0; i < added.size(); i++) {
      adoptions.add(
          new LocalFiles.Staging.Adoption(
              added.get(i).file(), names.next(homes.get(i), added.get(i).bucket()), putOptions()));
    }
    List<ObjectInfo> objects = staging().adopt(dataset.zone(), adoptions);
    objects.forEach(object -> written.add(reference(object)));
    List<DataFile> all = new ArrayList<>();
    for (int i = 0; i < added.size(); i++) {
      all.add(include(objects.get(i), homes.get(i), OptionalLong.of(added.get(i).rows())));
    }
    return all;
  }

  @Override
  public final ObjectUpload upload(String name, Partition partition) {
    return upload(name, partition, putOptions());
  }

  @Override
  public final ObjectUpload upload(String name, Partition partition, String sha256) {
    return upload(name, partition, putOptions().sha256(sha256));
  }

  private ObjectUpload upload(String name, Partition partition, PutOptions options) {
    requireOpen();
    if (dataset.bucketing().isPresent()) {
      throw notOfABucket();
    }
    Partition home = layout.check(dataset, partition);
    return new DraftUpload(
        store().upload(names.next(home, name), options), info -> written.add(reference(info)));
  }

  private InvalidDefinitionException notOfABucket() {
    return new InvalidDefinitionException(
        "add a file to",
        Subject.dataset(dataset.id()),
        "it is bucketed by "
            + dataset.bucketing().map(Bucketing::toString).orElse("")
            + ", and the file is not known to have the rows of one bucket; land files in a dataset"
            + " that is not bucketed, and make this one from it");
  }

  @Override
  public final DataFile include(ObjectInfo object, Partition partition, OptionalLong rows) {
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
  public final void replace(Partition partition) {
    requireOpen();
    Partition home = layout.check(dataset, partition);
    if (write == Write.OVERWRITE_PARTITIONS) {
      replaced.add(home);
    }
  }

  private ObjectStore store() {
    return backend.store(dataset.zone());
  }

  private PutOptions putOptions() {
    return PutOptions.defaults().ifAbsent().metadata(marks);
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

  /** What tells this draft from others of the same load. */
  public final String attempt() {
    return names.attempt();
  }

  /** What was included, in the order of receipts. */
  public final List<DataFile> files() {
    return files.values().stream().sorted(ORDER).toList();
  }

  public final List<Version.Source> sources() {
    return List.copyOf(sources);
  }

  /** The partitions that it has files for or replaces. */
  public final Set<Partition> partitions() {
    Set<Partition> all = new LinkedHashSet<>(replaced);
    files.values().forEach(file -> all.add(file.partition()));
    return all;
  }

  /** Whether it wrote files that are not part of it. */
  public final boolean hasSpares() {
    return !files.keySet().containsAll(written);
  }

  /** Refuses a draft that was closed; one that was published may be published again. */
  public final void requirePublishable() {
    if (state == State.CLOSED) {
      requireOpen();
    }
  }

  /** From here on only the versions know whether it was published. */
  public final void submit() {
    if (state == State.OPEN) {
      state = State.SUBMITTED;
    }
  }

  /** What was submitted did not become a version, and will not. */
  public final void refused() {
    if (state == State.SUBMITTED) {
      state = State.OPEN;
    }
  }

  public final void published() {
    state = State.PUBLISHED;
    written.removeAll(files.keySet());
  }

  /** Removes what was written: another draft of the same load is what counts. */
  public final void discard() {
    state = State.PUBLISHED;
    removeWritten();
  }

  /** Says that a file is not there. */
  public static ConflictException gone(ObjectRef object) {
    return new ConflictException(
        "publish", Subject.object(object.zone(), object.key()), "the file is gone; load it again");
  }

  /** Whether a file is there. */
  protected final boolean exists(ObjectRef object) {
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
  public final void close() {
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
