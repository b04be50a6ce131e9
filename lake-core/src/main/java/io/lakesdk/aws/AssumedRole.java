package io.lakesdk.aws;

import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.Subject;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a role, renewed before they expire. What goes wrong with it names the role.
 */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

  private static final String SESSION = "lake-sdk";
  private static final int FORBIDDEN = 403;

  private final String arn;
  private final Subject whose;
  private final StsAssumeRoleCredentialsProvider provider;

  /**
   * @param whose role it is
   */
  AssumedRole(String arn, Subject whose, StsClient sts) {
    this.arn = arn;
    this.whose = whose;
    this.provider =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(request -> request.roleArn(arn).roleSessionName(SESSION))
            .build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider.resolveCredentials();
    } catch (StsException e) {
      String code = code(e);
      if (code.equals("AccessDenied") || (code.isEmpty() && e.statusCode() == FORBIDDEN)) {
        throw new AccessDeniedException(
            "assume the role of",
            whose,
            "AWS does not let the lake's credentials assume "
                + arn
                + "; see that it exists, that its trust policy names them, and that they are"
                + " allowed sts:AssumeRole",
            e);
      }
      throw e;
    }
  }

  private static String code(StsException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  @Override
  public void close() {
    provider.close();
  }
}
