package io.lakesdk.provision.aws;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds and makes buckets. */
final class Buckets {

  private static final String WITHOUT_CONSTRAINT = "us-east-1";
  private static final int NOT_FOUND = 404;

  private final BucketCalls calls;
  private final String caller;

  /**
   * @param caller the account of the credentials
   */
  Buckets(BucketCalls calls, String caller) {
    this.calls = calls;
    this.caller = caller;
  }

  /**
   * Whether there is such a bucket of ours.
   *
   * @throws AccessDeniedException if it belongs to somebody else
   * @throws InvalidDefinitionException if it is in another region
   */
  boolean exists(String bucket) {
    try {
      HeadBucketResponse found =
          calls
              .calls("s3:ListBucket", false)
              .read(Call.READ_ACCOUNT, "use", Subject.bucket(bucket), () -> head(bucket));
      if (found.bucketRegion() != null && !found.bucketRegion().equals(region())) {
        throw elsewhere(bucket, found.bucketRegion());
      }
      return true;
    } catch (NotFoundException absent) {
      return false;
    } catch (AccessDeniedException denied) {
      throw new AccessDeniedException(
          "use",
          Subject.bucket(bucket),
          "it belongs to another account than "
              + calls.owner()
              + ", or the policies of the credentials do not allow s3:ListBucket on it; name"
              + " another bucket with AwsSettings...bucket(zone, name), or allow it",
          denied);
    }
  }

  private InvalidDefinitionException elsewhere(String bucket, String found) {
    return new InvalidDefinitionException(
        "use", Subject.bucket(bucket), BucketErrors.elsewhere(found, region()));
  }

  private String region() {
    return calls.settings().region();
  }

  private HeadBucketResponse head(String bucket) {
    return calls
        .s3()
        .headBucket(request -> request.bucket(bucket).expectedBucketOwner(calls.owner()));
  }

  /** Refuses to make a bucket that would belong to another account than it shall. */
  void checkCanMake(String bucket) {
    if (!caller.equals(calls.owner())) {
      throw new InvalidDefinitionException(
          "create",
          Subject.bucket(bucket),
          "it would belong to the account of the credentials, "
              + caller
              + ", and AwsSettings name "
              + calls.owner()
              + "; use credentials of that account");
    }
  }

  void make(String bucket) {
    calls
        .calls("s3:CreateBucket", false)
        .settle(
            Call.CHANGE_BUCKET,
            "create",
            Subject.bucket(bucket),
            () -> {
              create(bucket);
              return true;
            },
            () -> isThere(bucket));
  }

  private void create(String bucket) {
    calls
        .s3()
        .createBucket(
            request -> {
              request.bucket(bucket).objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED);
              if (!region().equals(WITHOUT_CONSTRAINT)) {
                request.createBucketConfiguration(c -> c.locationConstraint(region()));
              }
            });
  }

  private Optional<Boolean> isThere(String bucket) {
    try {
      head(bucket);
      return Optional.of(true);
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
