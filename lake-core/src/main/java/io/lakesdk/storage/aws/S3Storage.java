package io.lakesdk.storage.aws;

import io.lakesdk.AwsService;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectRef;
import io.lakesdk.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The objects of a lake on S3, and those of them that are files of this machine. Thread-safe.
 *
 * <p>Each zone is a bucket, or a prefix of one, as the settings say. Writes carry a CRC32C, which
 * S3 verifies and keeps, and the KMS key of their zone; each has a random mark in the object's
 * metadata, by which a write whose answer was lost is recognised. Files of objects are kept in a
 * cache within its bounds; nothing is on the disk before the first is asked for.
 */
public final class S3Storage implements AutoCloseable {

  private final AwsConnection connection;
  private final Clock clock;
  private final S3Transfers transfers = new S3Transfers();
  private final Map<Zone, S3ObjectStore> stores = new ConcurrentHashMap<>();
  private @Nullable S3Files files;
  private boolean closed;

  public S3Storage(AwsConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** The objects of a zone. */
  public ObjectStore store(Zone zone) {
    return s3(zone);
  }

  private S3ObjectStore s3(Zone zone) {
    return stores.computeIfAbsent(
        zone,
        z ->
            new S3ObjectStore(
                new S3Zone(
                    z, connection, connection.client(AwsService.S3, S3Client.builder()), clock),
                transfers));
  }

  /** The objects of all zones as files of this machine. */
  public LocalFiles files() {
    return new LocalFiles() {
      @Override
      public Lease lease(Collection<ObjectRef> objects) {
        return openFiles().lease(objects);
      }

      @Override
      public Lease lease(Collection<ObjectRef> objects, Selection selection) {
        return openFiles().lease(objects, selection);
      }

      @Override
      public Staging stage() {
        return openFiles().stage();
      }

      @Override
      public List<Path> folders() {
        return openFiles().folders();
      }

      @Override
      public Optional<Path> spillFolder() {
        return openFiles().spillFolder();
      }
    };
  }

  private synchronized S3Files openFiles() {
    if (closed) {
      throw new UnavailableException(
          "use", Subject.of(Subject.Kind.LAKE, connection.settings().toString()), "it was closed");
    }
    S3Files open = files;
    if (open == null) {
      CacheFolder folder = CacheFolder.open(connection.settings().cache());
      CachedObjects cached =
          new CachedObjects(folder, connection.settings().cache().bytes(), clock);
      open =
          new S3Files(
              folder,
              new LeasedFiles(folder, cached, transfers, this::s3, connection.settings()::bucket),
              this::s3);
      files = open;
    }
    return open;
  }

  /** Ends what moves, and the connection. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      transfers.close();
      if (files != null) {
        files.close();
      }
    } finally {
      connection.close();
    }
  }
}
