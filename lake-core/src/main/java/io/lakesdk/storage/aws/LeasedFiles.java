package io.lakesdk.storage.aws;

import com.google.common.hash.Hashing;
import io.lakesdk.Zone;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectContent;
import io.lakesdk.storage.ObjectInfo;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ReadOptions;
import io.lakesdk.storage.check.FileParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that are files while somebody reads them, each once however many do. Files are fetched
 * side by side. Thread-safe.
 */
final class LeasedFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeasedFiles.class);
  private static final int FETCHERS = 8;
  private static final long IDLE_SECONDS = 10;
  private static final String NO_VERSION = "null";

  private final CacheFolder folder;
  private final CachedObjects cached;
  private final PartialFiles partial;
  private final S3Transfers transfers;
  private final Function<Zone, S3ObjectStore> stores;
  private final Function<Zone, String> buckets;
  private final Map<Use, InUse> inUse = new HashMap<>();
  private final ThreadPoolExecutor fetchers;

  /** An object, or parts of one. */
  record Use(ObjectRef ref, Optional<LocalFiles.Selection> selection) {

    /** Selections of one name are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Use use && ref.equals(use.ref) && name().equals(use.name());
    }

    @Override
    public int hashCode() {
      return 31 * ref.hashCode() + name().hashCode();
    }

    private Optional<String> name() {
      return selection.map(LocalFiles.Selection::name);
    }
  }

  /** A file and how many leases it has. */
  private static final class InUse {
    private final FutureTask<Path> file;
    private int leases;

    InUse(FutureTask<Path> file) {
      this.file = file;
    }
  }

  LeasedFiles(
      CacheFolder folder,
      CachedObjects cached,
      S3Transfers transfers,
      Function<Zone, S3ObjectStore> stores,
      Function<Zone, String> buckets) {
    this.folder = folder;
    this.cached = cached;
    this.partial = new PartialFiles(folder, cached);
    this.transfers = transfers;
    this.stores = stores;
    this.buckets = buckets;
    this.fetchers =
        new ThreadPoolExecutor(
            FETCHERS,
            FETCHERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "lake-s3-fetch");
              thread.setDaemon(true);
              return thread;
            });
    fetchers.allowCoreThreadTimeOut(true);
  }

  /** Starts to make an object a file, unless it is one already; to be given back. */
  Future<Path> take(Use use) {
    synchronized (inUse) {
      InUse entry = inUse.get(use);
      if (entry == null) {
        entry = new InUse(new FutureTask<>(() -> make(use)));
        inUse.put(use, entry);
        fetchers.execute(entry.file);
      }
      entry.leases++;
      return entry.file;
    }
  }

  /** Gives a file back; the last one to do so removes it, and the cache may keep its bytes. */
  void giveBack(Use use) {
    FutureTask<Path> unused;
    synchronized (inUse) {
      InUse entry = inUse.get(use);
      if (entry == null || --entry.leases > 0) {
        return;
      }
      inUse.remove(use);
      unused = entry.file;
    }
    try {
      Files.deleteIfExists(unused.get());
    } catch (ExecutionException neverThere) {
      LOG.trace("An object could not be fetched", neverThere);
    } catch (IOException e) {
      LOG.debug("A file is removed with the lake", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a file. */
  Path await(ObjectRef ref, Future<Path> file) {
    try {
      return file.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LakeException known) {
        throw known;
      }
      throw new IllegalStateException("An object could not be fetched", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("read", subject(ref), "the thread was interrupted", e);
    }
  }

  private static Subject subject(ObjectRef ref) {
    return Subject.object(ref.zone(), ref.key());
  }

  private Path make(Use use) {
    ObjectRef ref = use.ref();
    Path file = folder.leased().resolve(UUID.randomUUID().toString());
    try {
      ReadOptions options = ReadOptions.current().version(ref.version());
      String version = ref.version();
      if (version.equals(NO_VERSION)) {
        ObjectInfo info = stores.apply(ref.zone()).head(ref.key(), options);
        version = info.etag();
        options = options.ifMatch(version);
      }
      String name = name(ref, version);
      if (cached.link(name, file)) {
        return file;
      }
      if (use.selection().isPresent()) {
        S3ObjectStore store = stores.apply(ref.zone());
        PartsReader reader = new PartsReader(store, transfers, ref.key(), options);
        if (partial.make(name, reader, use.selection().get(), file)) {
          return file;
        }
      }
      fetch(ref, options, name, file);
      return file;
    } catch (IOException e) {
      throw folder.failed("read", subject(ref), e);
    }
  }

  private void fetch(ObjectRef ref, ReadOptions options, String name, Path file)
      throws IOException {
    try (ObjectContent content = stores.apply(ref.zone()).get(ref.key(), options)) {
      cached.store(content, name, file);
    }
  }

  /** Names differ where bucket, key or version differ. */
  private String name(ObjectRef ref, String version) {
    String bucket = buckets.apply(ref.zone());
    String all = String.join("\n", bucket, version, "" + ref.key().length(), ref.key());
    return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
  }

  /** Keeps a file that became an object, of which nothing else is left then. */
  void keep(ObjectRef ref, String etag, Path file, int crc32c) throws IOException {
    String version = ref.version().equals(NO_VERSION) ? etag : ref.version();
    cached.keep(name(ref, version), file, FileParts.whole(Files.size(file)), crc32c);
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
