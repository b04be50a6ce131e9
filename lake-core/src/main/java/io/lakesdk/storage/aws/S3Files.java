package io.lakesdk.storage.aws;

import io.lakesdk.Zone;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectRef;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The objects of a lake on S3 as files of a cache. Thread-safe. */
final class S3Files implements LocalFiles, AutoCloseable {

  private final CacheFolder folder;
  private final LeasedFiles files;
  private final Function<Zone, S3ObjectStore> stores;

  S3Files(CacheFolder folder, LeasedFiles files, Function<Zone, S3ObjectStore> stores) {
    this.folder = folder;
    this.files = files;
    this.stores = stores;
  }

  @Override
  public Lease lease(Collection<ObjectRef> objects) {
    return lease(objects, Optional.empty());
  }

  @Override
  public Lease lease(Collection<ObjectRef> objects, Selection selection) {
    return lease(objects, Optional.of(selection));
  }

  private Lease lease(Collection<ObjectRef> objects, Optional<Selection> selection) {
    S3Lease lease = new S3Lease();
    boolean leased = false;
    try {
      lease.take(new LinkedHashSet<>(objects), selection);
      leased = true;
      return lease;
    } finally {
      if (!leased) {
        lease.close();
      }
    }
  }

  @Override
  public Staging stage() {
    return S3Staging.open(folder, files, stores);
  }

  @Override
  public List<Path> folders() {
    return List.of(folder.run());
  }

  @Override
  public Optional<Path> spillFolder() {
    return Optional.of(folder.spill());
  }

  @Override
  public void close() {
    files.close();
    folder.close();
  }

  private final class S3Lease implements Lease {
    private final Map<LeasedFiles.Use, Future<Path>> taken = new LinkedHashMap<>();
    private final Map<ObjectRef, Path> paths = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** All of them start before the first is waited for. */
    void take(Collection<ObjectRef> objects, Optional<Selection> selection) {
      for (ObjectRef ref : objects) {
        LeasedFiles.Use use = new LeasedFiles.Use(ref, selection);
        taken.put(use, files.take(use));
      }
      taken.forEach((use, file) -> paths.put(use.ref(), files.await(use.ref(), file)));
    }

    @Override
    public Path path(ObjectRef object) {
      Path path = paths.get(object);
      if (path == null || closed.get()) {
        throw new IllegalStateException(object + " is not leased");
      }
      return path;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        taken.keySet().forEach(files::giveBack);
      }
    }
  }
}
