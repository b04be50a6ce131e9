package io.lakesdk.provision.aws;

import io.lakesdk.aws.AwsConnection.Errors;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What errors of S3 about buckets, and those of KMS and STS, mean. Sources: "Error responses" of
 * the Amazon S3 API reference, "DescribeKey" of the AWS KMS API reference.
 *
 * @param region of the lake
 * @param permission that the call needs
 * @param isNew whether the bucket was made just now, and may not be seen everywhere yet
 */
record BucketErrors(String region, String permission, boolean isNew) implements Errors {

  private static final int NOT_FOUND = 404;
  private static final String REGION = "x-amz-bucket-region";
  private static final Set<String> ABSENT_SETTINGS =
      Set.of(
          "NoSuchTagSet",
          "NoSuchPublicAccessBlockConfiguration",
          "OwnershipControlsNotFoundError",
          "ServerSideEncryptionConfigurationNotFoundError",
          "NoSuchLifecycleConfiguration",
          "NoSuchBucketPolicy",
          "NoSuchConfiguration");

  @Override
  public Optional<Failure> failure(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    Optional<String> elsewhere =
        Optional.ofNullable(details)
            .map(AwsErrorDetails::sdkHttpResponse)
            .flatMap(response -> response.firstMatchingHeader(REGION))
            .filter(found -> !found.equals(region));
    if (elsewhere.isPresent()) {
      return failure(Kind.INVALID, elsewhere(elsewhere.get(), region));
    }
    if (ABSENT_SETTINGS.contains(code)) {
      return failure(Kind.NOT_FOUND, "it has none");
    }
    return switch (code) {
      case "NoSuchBucket" ->
          isNew
              ? failure(Kind.THROTTLED, "the new bucket is not seen everywhere yet")
              : failure(Kind.NOT_FOUND, "it does not exist");
      case "BucketAlreadyExists" ->
          failure(
              Kind.ALREADY_EXISTS,
              "its name is taken by another account; choose another name of the account, or of the"
                  + " bucket with AwsSettings...bucket(zone, name)");
      case "BucketAlreadyOwnedByYou" ->
          failure(Kind.CONFLICT, "somebody made it since it was planned; plan again");
      case "OperationAborted" ->
          failure(Kind.THROTTLED, "S3 is busy with another change of the bucket");
      case "InvalidBucketAclWithObjectOwnership", "InvalidBucketAclWithBlockPublicAccessError" ->
          failure(
              Kind.INVALID,
              "its ACL gives something to others; make the ACL private and plan again");
      case "NotFoundException" ->
          failure(
              Kind.NOT_FOUND,
              "there is no such key in " + region + "; make it, or name one that exists");
      case "AccessDenied", "AccessDeniedException", "UnauthorizedAccess" ->
          failure(
              Kind.DENIED, "the policies of the credentials do not allow it; allow " + permission);
      default ->
          error.statusCode() == NOT_FOUND
              ? failure(isNew ? Kind.THROTTLED : Kind.NOT_FOUND, "it does not exist")
              : Optional.empty();
    };
  }

  /** Why a bucket of another region is not used. */
  static String elsewhere(String found, String region) {
    return "it is in "
        + found
        + " and the lake in "
        + region
        + "; open the lake there, or name another bucket with AwsSettings...bucket(zone, name)";
  }

  private static Optional<Failure> failure(Kind kind, String reason) {
    return Optional.of(new Failure(kind, reason));
  }
}
