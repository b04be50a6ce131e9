package io.lakesdk.storage.embedded;

import io.lakesdk.Zone;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Seam;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The objects of a folder as files: leased paths are those of the blobs themselves, whose removal
 * waits for the lease.
 */
final class FolderFiles implements LocalFiles {

  private final Disk disk;
  private final LakeFolder folder;
  private final Owner owner;
  private final FolderBlobs blobs;
  private final Garbage garbage;
  private final LeasedObjects objects;
  private final ObjectChanges changes;
  private final Seam seam;
  private final AtomicLong lastName = new AtomicLong();

  FolderFiles(
      Disk disk,
      LakeFolder folder,
      Owner owner,
      FolderBlobs blobs,
      Garbage garbage,
      LeasedObjects objects,
      ObjectChanges changes,
      Seam seam) {
    this.disk = disk;
    this.folder = folder;
    this.owner = owner;
    this.blobs = blobs;
    this.garbage = garbage;
    this.objects = objects;
    this.changes = changes;
    this.seam = seam;
  }

  @Override
  public Lease lease(Collection<ObjectRef> refs) {
    return seam.call(
        Call.LEASE_FILES,
        folder.subject(),
        () -> {
          Path held = startLease();
          boolean leased = false;
          try {
            Map<ObjectRef, LeasedObjects.Leased> found = objects.find(refs);
            objects.verify(found.values());
            leased = true;
            return new FolderLease(held, found);
          } finally {
            if (!leased) {
              garbage.endLease(held);
            }
          }
        });
  }

  private Path startLease() {
    try {
      return garbage.startLease();
    } catch (IOException e) {
      throw Disk.translate("read", folder.subject(), folder.root(), e);
    }
  }

  @Override
  public Staging stage() {
    try {
      Path stage = owner.files().resolve("stage-" + lastName.incrementAndGet());
      disk.folder(stage);
      return new FolderStaging(stage);
    } catch (IOException e) {
      throw Disk.translate("write", folder.subject(), folder.root(), e);
    }
  }

  @Override
  public List<Path> folders() {
    return List.of(folder.objects(), owner.files());
  }

  @Override
  public boolean pathsAreFinal() {
    return true;
  }

  @Override
  public Optional<Path> spillFolder() {
    return Optional.of(owner.spill());
  }

  private final class FolderLease implements Lease {
    private final Path held;
    private final Map<ObjectRef, LeasedObjects.Leased> found;
    private final AtomicBoolean closed = new AtomicBoolean();

    FolderLease(Path held, Map<ObjectRef, LeasedObjects.Leased> found) {
      this.held = held;
      this.found = found;
    }

    @Override
    public Path path(ObjectRef object) {
      LeasedObjects.Leased leased = found.get(object);
      if (leased == null || closed.get()) {
        throw new IllegalStateException(object + " is not leased");
      }
      return folder.blob(leased.blob());
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        garbage.endLease(held);
      }
    }
  }

  private final class FolderStaging implements Staging {
    private final Path stage;

    FolderStaging(Path stage) {
      this.stage = stage;
    }

    @Override
    public Path file(String extension) {
      Path file = stage.resolve("file-" + lastName.incrementAndGet() + "." + extension);
      try {
        disk.create(file).close();
        return file;
      } catch (IOException e) {
        throw Disk.translate("write", Subject.file(file), folder.root(), e);
      }
    }

    @Override
    public Optional<Path> folder() {
      Path made = stage.resolve("folder-" + lastName.incrementAndGet());
      try {
        disk.folder(made);
        return Optional.of(made);
      } catch (IOException e) {
        throw Disk.translate("write", Subject.file(made), folder.root(), e);
      }
    }

    @Override
    public List<ObjectInfo> adopt(Zone zone, List<Adoption> files) {
      List<ObjectChanges.Staged> mine = files.stream().map(file -> staged(zone, file)).toList();
      return seam.call(
          Call.ADOPT_FILE, ObjectChanges.subject(zone, files), () -> changes.adopt(zone, mine));
    }

    private ObjectChanges.Staged staged(Zone zone, Adoption adoption) {
      if (!isMine(adoption.file())) {
        throw ObjectChanges.notStaged(zone, adoption.key(), adoption.file());
      }
      return new ObjectChanges.Staged() {
        @Override
        public Adoption adoption() {
          return adoption;
        }

        @Override
        public InputStream open() throws IOException {
          return Files.newInputStream(adoption.file());
        }

        @Override
        public Blobs.NewBlob seal() throws IOException {
          return blobs.adopt(adoption.file());
        }
      };
    }

    /** A path that leads elsewhere, by its dots or by a symbolic link, is nobody's to adopt. */
    private boolean isMine(Path file) {
      try {
        return Disk.isPlainFile(file)
            && file.toRealPath().startsWith(stage)
            && !file.toRealPath().equals(stage);
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      try {
        Owner.erase(disk, stage);
      } catch (IOException e) {
        throw Disk.translate("discard", Subject.file(stage), folder.root(), e);
      }
    }
  }
}
