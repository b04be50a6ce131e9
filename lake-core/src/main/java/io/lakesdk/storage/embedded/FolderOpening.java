package io.lakesdk.storage.embedded;

import io.lakesdk.fault.Seam;
import io.lakesdk.metadata.MetadataStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;

/** Opens the storage in a folder: makes what is absent and repairs what a dead process left. */
final class FolderOpening {

  /** File locks are between processes; within one this keeps two openings apart. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Clock clock;
  private final Seam seam;
  private final Disk disk;
  private final String process;

  FolderOpening(Clock clock, Seam seam, Disk.Steps steps, String process) {
    this.clock = clock;
    this.seam = seam;
    this.disk = new Disk(steps);
    this.process = process;
  }

  EmbeddedStorage open(Path root) {
    LakeFolder folder = LakeFolder.at(root);
    IN_THIS_PROCESS.lock();
    try {
      if (folder.isMade()) {
        folder.requireKnownFormat();
      }
      if (folder.isMade() || folder.holdsObjects()) {
        MetadataStore.requireFile(folder.metadata());
      }
      Files.createDirectories(folder.hidden());
      FileChannel lock = folder.exclusively();
      try {
        return openAlone(folder);
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw Disk.translate("open", folder.subject(), folder.root(), e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private EmbeddedStorage openAlone(LakeFolder folder) throws IOException {
    boolean made = folder.isMade();
    if (!made) {
      folder.make(disk);
    }
    MetadataStore metadata =
        made
            ? MetadataStore.open(folder.metadata(), seam)
            : MetadataStore.create(folder.metadata(), seam);
    boolean opened = false;
    try {
      metadata.migrate(ObjectIndex.MIGRATIONS);
      if (!made) {
        folder.complete(disk);
      }
      EmbeddedStorage storage = assemble(folder, metadata);
      opened = true;
      return storage;
    } finally {
      if (!opened) {
        metadata.close();
      }
    }
  }

  private EmbeddedStorage assemble(LakeFolder folder, MetadataStore metadata) throws IOException {
    Owner owner = Owner.claim(disk, folder.staging(), process);
    boolean assembled = false;
    try {
      EmbeddedStorage storage = assemble(folder, metadata, owner);
      assembled = true;
      return storage;
    } finally {
      if (!assembled) {
        owner.leave();
      }
    }
  }

  private EmbeddedStorage assemble(LakeFolder folder, MetadataStore metadata, Owner owner)
      throws IOException {
    Garbage garbage = new Garbage(disk, folder, owner, metadata);
    FolderBlobs blobs = new FolderBlobs(disk, folder, owner, metadata, garbage);
    ReadableNames names = new ReadableNames(disk, folder, owner, metadata);
    for (Path other : Owner.all(folder.staging())) {
      if (Owner.isDead(other, process)) {
        blobs.settle(Owner.inflight(other));
        Owner.eraseSettled(disk, other);
      }
    }
    names.repair();
    garbage.sweep();
    ObjectChanges changes = new ObjectChanges(metadata, blobs, names, clock);
    FolderFiles files =
        new FolderFiles(
            disk, folder, owner, blobs, garbage, new LeasedObjects(metadata, blobs), changes, seam);
    return new EmbeddedStorage(metadata, blobs, changes, files, seam, owner::leave, names::flush);
  }
}
