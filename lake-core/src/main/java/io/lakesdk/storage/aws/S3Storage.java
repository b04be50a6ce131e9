package io.lakesdk.storage.aws;

import io.lakesdk.AwsService;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;

/** The objects of a lake on S3. Thread-safe. */
public final class S3Storage implements AutoCloseable {

  private final AwsConnection connection;
  private final Clock clock;
  private final S3Transfers transfers = new S3Transfers();
  private final Map<Zone, ObjectStore> stores = new ConcurrentHashMap<>();

  public S3Storage(AwsConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** The objects of a zone. */
  public ObjectStore store(Zone zone) {
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
    return new S3Files();
  }

  /** Ends what moves, and the connection. */
  @Override
  public void close() {
    transfers.close();
    connection.close();
  }
}
