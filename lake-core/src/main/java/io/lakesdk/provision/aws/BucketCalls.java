package io.lakesdk.provision.aws;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.provision.Change;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** How the parts call S3. Every call names the account that the bucket must belong to. */
final class BucketCalls {

  private final AwsConnection connection;
  private final AwsSettings settings;
  private final S3Client s3;
  private final String owner;

  BucketCalls(AwsConnection connection, String owner) {
    this.connection = connection;
    this.settings = connection.settings();
    this.s3 = connection.client(AwsService.S3, S3Client.builder());
    this.owner = owner;
  }

  AwsSettings settings() {
    return settings;
  }

  S3Client s3() {
    return s3;
  }

  /** The account that buckets must belong to. */
  String owner() {
    return owner;
  }

  /** Calls for which the credentials need this permission. */
  Calls calls(String permission, boolean isNew) {
    return connection.calls(AwsService.S3, new BucketErrors(settings.region(), permission, isNew));
  }

  /** A setting of a bucket; empty where it has none. */
  <T> Optional<T> find(
      Bucket bucket, Change.Aspect aspect, String permission, Function<S3Client, T> work) {
    try {
      return Optional.of(
          calls(permission, !bucket.exists())
              .read(
                  Call.READ_ACCOUNT,
                  "read the " + aspect + " of",
                  Subject.bucket(bucket.name()),
                  () -> work.apply(s3)));
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  /** Changes a setting of a bucket. */
  void change(Bucket bucket, Change.Aspect aspect, String permission, Consumer<S3Client> work) {
    Supplier<Boolean> done =
        () -> {
          work.accept(s3);
          return Boolean.TRUE;
        };
    calls(permission, !bucket.exists())
        .repeat(
            Call.CHANGE_BUCKET,
            "change the " + aspect + " of",
            Subject.bucket(bucket.name()),
            done);
  }
}
