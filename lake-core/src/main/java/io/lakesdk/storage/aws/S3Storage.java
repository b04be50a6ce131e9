package io.lakesdk.storage.aws;

import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.time.Clock;

/** The objects of a lake on S3. Thread-safe. */
public final class S3Storage implements AutoCloseable {

  private final AwsConnection connection;
  private final Clock clock;

  public S3Storage(AwsConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** The objects of a zone. */
  public ObjectStore store(Zone zone) {
    throw new IllegalStateException("to come");
  }

  public LocalFiles files() {
    throw new IllegalStateException("to come");
  }

  @Override
  public void close() {}
}
