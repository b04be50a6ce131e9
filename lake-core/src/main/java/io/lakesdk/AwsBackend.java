package io.lakesdk;

import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import io.lakesdk.publish.aws.GluePublishing;
import io.lakesdk.storage.LocalFiles;
import io.lakesdk.storage.ObjectStore;
import java.time.Duration;
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

  static final String MODULES = "s3, glue, sts and apache-client";

  /** Holds what the SDK keeps of a lake beside its data: versions, receipts, grants, audit. */
  public static final Zone METADATA = Zone.named("lake-metadata");

  /** Where in {@link #METADATA} Athena puts results that have no other place. */
  public static final String RESULTS = "athena/";

  /**
   * How long those are kept: provisioning has S3 delete them. It is longer than {@code
   * Query.reuseResultsFor} can ask for, whose seven days are Athena's most, so that an answer that
   * is given again can still be read.
   */
  public static final Duration RESULTS_KEPT = Duration.ofDays(8);

  /**
   * Makes something that uses modules of the AWS SDK, which users add themselves.
   *
   * @param modules their names, as a message shows them
   * @throws InvalidDefinitionException naming them, if one is absent
   */
  public static <T> T needing(String modules, Supplier<T> make) {
    try {
      return make.get();
    } catch (NoClassDefFoundError absent) {
      if (!String.valueOf(absent.getMessage()).startsWith("software/amazon/awssdk/")) {
        throw absent;
      }
      throw new InvalidDefinitionException(
          "use",
          Subject.of(Subject.Kind.LAKE, "on AWS"),
          "a module of the AWS SDK is absent; add "
              + modules
              + " of software.amazon.awssdk to the application's dependencies",
          absent);
    }
  }

  @Override
  public ObjectStore store(Zone zone) {
    return stores.apply(zone);
  }

  @Override
  public <T> T atomically(Supplier<T> work) {
    return GluePublishing.atomically(this, work);
  }
}
