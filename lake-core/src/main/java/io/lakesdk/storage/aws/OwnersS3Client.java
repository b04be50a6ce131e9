package io.lakesdk.storage.aws;

import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Names in every request the account that its bucket must belong to, so that S3 refuses those to a
 * bucket that somebody else has under the same name. Source: "Verifying bucket ownership with
 * bucket owner condition" in the Amazon S3 user guide.
 */
final class OwnersS3Client extends DelegatingS3Client {

  private static final String OWNER = "x-amz-expected-bucket-owner";
  private static final String OWNER_OF_SOURCE = "x-amz-source-expected-bucket-owner";

  private final String owner;

  /**
   * @param s3 sends the requests; it belongs to whoever gave it
   * @param owner the 12 digits of the account
   */
  OwnersS3Client(S3Client s3, String owner) {
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
