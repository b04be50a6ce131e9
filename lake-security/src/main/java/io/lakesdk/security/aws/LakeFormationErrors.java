package io.lakesdk.security.aws;

import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What Lake Formation's errors mean. Sources: the errors of GrantPermissions, RevokePermissions,
 * RegisterResource and CreateDataCellsFilter in the AWS Lake Formation API reference.
 */
final class LakeFormationErrors implements AwsConnection.Errors {

  /** What a revocation is answered that takes what is not there; it has no code of its own. */
  private static final String NOT_GRANTED = "Grantee does not have";

  @Override
  public Optional<Failure> failure(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    if (details == null || details.errorCode() == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (details.errorCode()) {
          case "AccessDeniedException" ->
              new Failure(
                  Kind.DENIED,
                  "Lake Formation does not let these credentials do it; make them a data lake"
                      + " administrator (Lake Formation, Administrative roles and tasks), or open"
                      + " the lake with AwsSettings...lakeFormation(OFF)");
          case "EntityNotFoundException" ->
              new Failure(
                  Kind.NOT_FOUND,
                  "Lake Formation does not know it; it can be granted once it is registered");
          case "AlreadyExistsException" ->
              new Failure(Kind.ALREADY_EXISTS, "Lake Formation has it already");
          case "ConcurrentModificationException" ->
              new Failure(Kind.THROTTLED, "somebody else changes it in Lake Formation");
          case "OperationTimeoutException" ->
              new Failure(Kind.UNKNOWN, "Lake Formation took too long");
          case "InvalidInputException" -> invalid(details);
          default -> null;
        });
  }

  private static Failure invalid(AwsErrorDetails details) {
    String message = details.errorMessage();
    return message != null && message.contains(NOT_GRANTED)
        ? new Failure(Kind.NOT_FOUND, "it was not granted in Lake Formation")
        : new Failure(
            Kind.INVALID,
            "Lake Formation refuses it (InvalidInputException); see that the principal's role"
                + " exists and that the table has the columns");
  }
}
