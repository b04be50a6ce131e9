package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.fault.Seam;
import io.lakesdk.metadata.MetadataStore;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;

/** The bytes and the metadata of an embedded lake. Thread-safe. */
public final class EmbeddedStorage implements AutoCloseable {

  private final MetadataStore metadata;
  private final Blobs blobs;
  private final ObjectChanges changes;
  private final LocalFiles files;
  private final Seam seam;
  private final Runnable last;
  private final Runnable closing;

  EmbeddedStorage(
      MetadataStore metadata,
      Blobs blobs,
      ObjectChanges changes,
      LocalFiles files,
      Seam seam,
      Runnable last,
      Runnable closing) {
    this.metadata = metadata;
    this.blobs = blobs;
    this.changes = changes;
    this.files = files;
    this.seam = seam;
    this.last = last;
    this.closing = closing;
  }

  /**
   * Storage that leaves nothing behind. Large objects, and small ones while an engine reads them,
   * are files among the temporary ones; on Linux these have no name, so that nothing is left of
   * them even when the process is killed.
   */
  public static EmbeddedStorage inMemory(Clock clock, Seam seam) {
    return inMemory(clock, seam, TemporaryFiles.ofThisSystem());
  }

  static EmbeddedStorage inMemory(Clock clock, Seam seam, TemporaryFiles temporary) {
    MetadataStore metadata = MetadataStore.inMemory(seam);
    metadata.migrate(ObjectIndex.MIGRATIONS);
    MemoryBlobs blobs = new MemoryBlobs(temporary);
    ObjectChanges changes = new ObjectChanges(metadata, blobs, ObjectChanges.Names.NONE, clock);
    LocalFiles files =
        new MemoryFiles(temporary, blobs, new LeasedObjects(metadata, blobs), changes, seam);
    return new EmbeddedStorage(metadata, blobs, changes, files, seam, () -> {}, () -> {});
  }

  /**
   * Storage in a folder, made where it is absent.
   *
   * @throws io.lakesdk.error.UnavailableException if the folder cannot be written
   * @throws io.lakesdk.error.NotFoundException if the folder has objects and no metadata
   * @throws io.lakesdk.error.BadDataException if what is in it is damaged or was written by a newer
   *     SDK
   */
  public static EmbeddedStorage at(Path root, Clock clock, Seam seam) {
    return new FolderOpening(clock, seam, Disk.Steps.UNWATCHED, Owner.thisProcess()).open(root);
  }

  /** Whether storage was made in this folder before. */
  public static boolean isAt(Path root) {
    return new LakeFolder(root).isMade();
  }

  public MetadataStore metadata() {
    return metadata;
  }

  public LocalFiles files() {
    return files;
  }

  /** The objects of a zone. */
  public ObjectStore store(Zone zone) {
    return new EmbeddedObjectStore(zone, metadata, blobs, changes, seam);
  }

  @Override
  public void close() {
    // later ones are closed although earlier ones fail
    try {
      closing.run();
    } finally {
      try {
        blobs.close();
      } finally {
        try {
          metadata.close();
        } finally {
          last.run();
        }
      }
    }
  }
}
