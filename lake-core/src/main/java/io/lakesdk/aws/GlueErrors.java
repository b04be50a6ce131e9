package io.lakesdk.aws;

import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the errors of Glue's catalog mean. Source: "Exceptions" and the error lists of the table and
 * partition calls in the AWS Glue API reference. Glue's own messages may hold partition values, so
 * they are not repeated.
 */
final class GlueErrors implements AwsConnection.Errors {

  @Override
  public Optional<Failure> failure(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return switch (code) {
      case "EntityNotFoundException" ->
          is(Kind.NOT_FOUND, "Glue has no such database, table or partition");
      case "AlreadyExistsException", "FederatedResourceAlreadyExistsException" ->
          is(Kind.ALREADY_EXISTS, "Glue has it already");
      case "ConcurrentModificationException",
          "VersionMismatchException",
          "ConditionCheckFailureException" ->
          is(Kind.CONFLICT, "somebody changed it in Glue meanwhile; look again and repeat it");
      case "InvalidInputException", "ValidationException", "OperationNotSupportedException" ->
          is(
              Kind.INVALID,
              "Glue does not take it (" + code + "); look at names, types and lengths of texts");
      case "ResourceNotReadyException", "FederationSourceRetryableException" ->
          is(Kind.THROTTLED, "Glue is not ready for it (" + code + ")");
      case "OperationTimeoutException", "InternalServiceException" ->
          is(Kind.UNKNOWN, "Glue answered " + code);
      case "ResourceNumberLimitExceededException" ->
          is(
              Kind.UNAVAILABLE,
              "a quota of Glue is used up; ask AWS to raise it, or drop what is not needed");
      case "GlueEncryptionException" ->
          is(
              Kind.DENIED,
              "Glue's catalog is encrypted, and its KMS key cannot be used; look at the key's state"
                  + " and policy");
      case "PermissionTypeMismatchException" ->
          is(Kind.DENIED, "Lake Formation has no permission of that kind for it");
      case "FederationSourceException" ->
          is(Kind.UNAVAILABLE, "the catalog that Glue asks for it does not answer as it should");
      default -> Optional.empty();
    };
  }

  private static Optional<Failure> is(Kind kind, String reason) {
    return Optional.of(new Failure(kind, reason));
  }
}
