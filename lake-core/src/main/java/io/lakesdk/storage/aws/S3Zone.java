package io.lakesdk.storage.aws;

import com.google.common.base.Splitter;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.Zone;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.check.Keys;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Where the objects of one zone are, and how S3 is called for them. */
final class S3Zone {

  private static final Splitter SEGMENTS = Splitter.on('/');

  private final Zone zone;
  private final AwsConnection connection;
  private final S3Client s3;
  private final Clock clock;
  private final String bucket;
  private final String prefix;

  S3Zone(Zone zone, AwsConnection connection, S3Client s3, Clock clock) {
    AwsSettings settings = connection.settings();
    this.zone = zone;
    this.connection = connection;
    this.s3 = settings.accountId().<S3Client>map(id -> new OfOwner(s3, id)).orElse(s3);
    this.clock = clock;
    this.bucket = settings.bucket(zone);
    this.prefix = settings.prefix(zone);
  }

  S3Client s3() {
    return s3;
  }

  Clock clock() {
    return clock;
  }

  Zone zone() {
    return zone;
  }

  String bucket() {
    return bucket;
  }

  Subject subject(String key) {
    return Subject.object(zone, key);
  }

  /** The KMS key that the zone is encrypted with; empty for S3's own keys. */
  Optional<String> kmsKey() {
    return Optional.ofNullable(connection.settings().keys().get(zone));
  }

  /** How long an attempt may take that sends or gets little. */
  Duration callTimeout() {
    return connection.settings().limits().callTimeout();
  }

  AwsConnection.Calls calls(S3Errors errors) {
    return connection.calls(AwsService.S3, errors);
  }

  /** The errors of calls that have no condition. */
  S3Errors errors() {
    AwsSettings settings = connection.settings();
    return new S3Errors(bucket, settings.region(), settings.accountId());
  }

  /**
   * What an object is called in the bucket.
   *
   * @throws InvalidDefinitionException if S3 would not have such a key
   */
  String inBucket(String verb, String key) {
    Keys.require(verb, zone, key);
    String whole = prefix + key;
    if (!prefix.isEmpty()) {
      int bytes = Keys.encode(verb, zone, whole).length;
      if (bytes > Keys.LONGEST) {
        throw new InvalidDefinitionException(
            verb,
            subject(key),
            "a key has 1 to 1,024 bytes in UTF-8, and this one has "
                + bytes
                + " with the prefix of its zone, which shares its bucket with others");
      }
    }
    requireInside(verb, key, whole);
    return whole;
  }

  /**
   * S3 refuses requests in whose path more segments lead up than down before them; see "Naming
   * Amazon S3 objects" in the Amazon S3 user guide.
   */
  private void requireInside(String verb, String key, String whole) {
    int depth = 0;
    for (String segment : SEGMENTS.split(whole)) {
      depth += segment.equals("..") ? -1 : 1;
      if (depth < 0) {
        throw new InvalidDefinitionException(
            verb,
            subject(key),
            "S3 does not take keys in which .. leads above the beginning; choose another key");
      }
    }
  }

  /** Waits for work on a key that runs beside this thread. */
  <T> T await(String verb, String key, Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LakeException known) {
        throw known;
      }
      throw new IllegalStateException("Work beside its thread failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(verb, subject(key), "the thread was interrupted", e);
    }
  }

  /** The beginning of keys as the bucket has it; may be empty. */
  String prefixInBucket(String verb, String start) {
    Keys.encode(verb, zone, start);
    return prefix + start;
  }

  /** The reverse of {@link #inBucket}. */
  String key(String inBucket) {
    return inBucket.substring(prefix.length());
  }

  /**
   * Names in every request the account that its bucket must belong to, so that S3 refuses those to
   * a bucket that somebody else has under the same name. Source: "Verifying bucket ownership with
   * bucket owner condition" in the Amazon S3 user guide.
   */
  static final class OfOwner extends DelegatingS3Client {

    private static final String OWNER = "x-amz-expected-bucket-owner";
    private static final String OWNER_OF_SOURCE = "x-amz-source-expected-bucket-owner";

    private final String owner;

    /**
     * @param s3 sends the requests; it belongs to whoever gave it
     * @param owner the 12 digits of the account
     */
    OfOwner(S3Client s3, String owner) {
      super(s3);
      this.owner = owner;
    }

    @Override
    @SuppressWarnings("unchecked") // a request's builder makes requests of its class
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
      AwsRequestOverrideConfiguration.Builder named =
          request
              .overrideConfiguration()
              .map(AwsRequestOverrideConfiguration::toBuilder)
              .orElseGet(AwsRequestOverrideConfiguration::builder)
              .putHeader(OWNER, owner);
      if (request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest) {
        named.putHeader(OWNER_OF_SOURCE, owner);
      }
      return operation.apply((T) request.toBuilder().overrideConfiguration(named.build()).build());
    }
  }
}
