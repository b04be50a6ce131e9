package io.lakesdk;

import io.lakesdk.aws.AwsConnection;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a lake on AWS runs on.
 *
 * @param settings where it is
 * @param connection how its services are called
 * @param files its objects as files of this machine
 * @param stores the objects of each zone
 * @param publishing what is remembered of the versions of its datasets
 */
public record AwsBackend(
    AwsSettings settings,
    AwsConnection connection,
    LocalFiles files,
    Function<Zone, ObjectStore> stores,
    GluePublishing.Memory publishing)
    implements Backend {

  /** Holds what the SDK keeps of a lake beside its data: versions, receipts, grants, audit. */
  public static final Zone METADATA = Zone.named("lake-metadata");

  @Override
  public ObjectStore store(Zone zone) {
    return stores.apply(zone);
  }

  @Override
  public <T> T atomically(Supplier<T> work) {
    return GluePublishing.atomically(this, work);
  }
}
