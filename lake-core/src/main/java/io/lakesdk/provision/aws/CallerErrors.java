package io.lakesdk.provision.aws;

import io.lakesdk.aws.AwsConnection.Errors;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What errors of STS mean. Everybody may ask who they are, so what is denied is the role that shall
 * be assumed before. Source: "GetCallerIdentity" and "AssumeRole" of the AWS STS API reference.
 *
 * @param role that is assumed
 */
record CallerErrors(Optional<String> role) implements Errors {

  @Override
  public Optional<Failure> failure(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return role.filter(arn -> details != null && "AccessDenied".equals(details.errorCode()))
        .map(
            arn ->
                new Failure(
                    Kind.DENIED,
                    "the role "
                        + arn
                        + " cannot be assumed; allow sts:AssumeRole on it, and let its trust policy"
                        + " name who asks"));
  }
}
