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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of a lake in memory as temporary files. */
final class MemoryFiles implements LocalFiles {

  static final Subject MEMORY = Subject.of(Subject.Kind.LAKE, "in memory");

  private final TemporaryFiles temporary;
  private final MemoryBlobs blobs;
  private final LeasedObjects objects;
  private final ObjectChanges changes;
  private final Seam seam;

  MemoryFiles(
      TemporaryFiles temporary,
      MemoryBlobs blobs,
      LeasedObjects objects,
      ObjectChanges changes,
      Seam seam) {
    this.temporary = temporary;
    this.blobs = blobs;
    this.objects = objects;
    this.changes = changes;
    this.seam = seam;
  }

  @Override
  public Lease lease(Collection<ObjectRef> refs) {
    return seam.call(
        Call.LEASE_FILES,
        MEMORY,
        () -> {
          Map<ObjectRef, LeasedObjects.Leased> found = objects.find(refs);
          MemoryLease lease = new MemoryLease();
          boolean leased = false;
          try {
            for (LeasedObjects.Leased one : found.values()) {
              lease.use(one);
            }
            lease.locate();
            objects.verify(found.values());
            leased = true;
            return lease;
          } catch (IOException e) {
            throw Disk.lost("read", MEMORY, blobs.place(), e);
          } finally {
            if (!leased) {
              lease.close();
            }
          }
        });
  }

  @Override
  public Staging stage() {
    return new MemoryStaging();
  }

  @Override
  public List<Path> folders() {
    return temporary.folders();
  }

  @Override
  public Optional<Path> spillFolder() {
    return Optional.empty();
  }

  private final class MemoryLease implements Lease {
    private final List<MemoryBlobs.MemoryBlob> used = new ArrayList<>();
    private final List<TemporaryFiles.TemporaryFile> files = new ArrayList<>();
    private final Map<ObjectRef, Path> paths = new HashMap<>();
    private final List<ObjectRef> refs = new ArrayList<>();

    void use(LeasedObjects.Leased one) throws IOException {
      MemoryBlobs.MemoryBlob blob = blobs.find(one.blob());
      files.add(blob.use());
      used.add(blob);
      refs.add(one.ref());
    }

    void locate() throws IOException {
      temporary.locate(files);
      for (int i = 0; i < files.size(); i++) {
        paths.put(refs.get(i), files.get(i).path());
      }
    }

    @Override
    public Path path(ObjectRef object) {
      Path path = paths.get(object);
      if (path == null) {
        throw new IllegalStateException(object + " is not leased");
      }
      return path;
    }

    @Override
    public void close() {
      paths.clear();
      used.forEach(MemoryBlobs.MemoryBlob::leave);
      used.clear();
    }
  }

  private final class MemoryStaging implements Staging {
    private final Map<Path, TemporaryFiles.TemporaryFile> files = new ConcurrentHashMap<>();

    @Override
    public Path file(String extension) {
      try {
        TemporaryFiles.TemporaryFile file = temporary.create();
        Path path = file.path();
        files.put(path, file);
        return path;
      } catch (IOException e) {
        throw Disk.translate("write", MEMORY, System.getProperty("java.io.tmpdir"), e);
      }
    }

    @Override
    public Optional<Path> folder() {
      return Optional.empty();
    }

    @Override
    public List<ObjectInfo> adopt(Zone zone, List<Adoption> files) {
      List<ObjectChanges.Staged> mine = files.stream().map(file -> staged(zone, file)).toList();
      return seam.call(
          Call.ADOPT_FILE, ObjectChanges.subject(zone, files), () -> changes.adopt(zone, mine));
    }

    private ObjectChanges.Staged staged(Zone zone, Adoption adoption) {
      TemporaryFiles.TemporaryFile file = files.get(adoption.file());
      if (file == null) {
        throw ObjectChanges.notStaged(zone, adoption.key(), adoption.file());
      }
      return new ObjectChanges.Staged() {
        @Override
        public Adoption adoption() {
          return adoption;
        }

        @Override
        public InputStream open() throws IOException {
          return file.open(0, Long.MAX_VALUE);
        }

        @Override
        public Blobs.NewBlob seal() throws IOException {
          Blobs.NewBlob blob = blobs.adopt(file);
          files.remove(adoption.file());
          blob.seal();
          return blob;
        }
      };
    }

    @Override
    public void close() {
      for (TemporaryFiles.TemporaryFile file : files.values()) {
        try {
          file.close();
        } catch (IOException e) {
          throw Disk.translate("discard", MEMORY, blobs.place(), e);
        }
      }
      files.clear();
    }
  }
}
