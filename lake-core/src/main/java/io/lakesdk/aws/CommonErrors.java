package io.lakesdk.aws;

import io.lakesdk.AwsService;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * What errors mean that are alike in all services. Sources: "Common error types" of the services'
 * API references, and "Error responses" of the Amazon S3 API reference.
 */
final class CommonErrors {

  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "ProvisionedThroughputExceededException",
          "LimitExceededException.Rate",
          "BandwidthLimitExceeded",
          "PriorRequestNotComplete",
          "ServiceUnavailable",
          "ServiceUnavailableException");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");

  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidToken",
          "AuthFailure",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "UnauthorizedOperation",
          "UnauthorizedException",
          "NotAuthorized",
          "AllAccessDisabled");

  private static final Set<String> QUOTA =
      Set.of(
          "LimitExceededException",
          "ResourceNumberLimitExceededException",
          "ServiceQuotaExceededException",
          "TooManyBuckets");

  private CommonErrors() {}

  static Failure of(AwsService service, AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String message =
        details == null || details.errorMessage() == null ? "" : details.errorMessage();
    if (THROTTLED.contains(code) || e.isThrottlingException() || e.statusCode() == 503) {
      return new Failure(Kind.THROTTLED, service + " is throttling calls");
    }
    if (code.equals("RequestTimeTooSkewed")
        || message.contains("Signature expired")
        || message.contains("Signature not yet current")) {
      return new Failure(
          Kind.DENIED,
          "the clock of this machine differs too much from that of AWS; set it, and try again");
    }
    if (EXPIRED.contains(code)) {
      return new Failure(Kind.DENIED, "the credentials have expired; renew them");
    }
    if (UNKNOWN_CREDENTIALS.contains(code)) {
      return new Failure(
          Kind.DENIED, "AWS does not know the credentials; look at the access key in use");
    }
    if (code.startsWith("SignatureDoesNotMatch") || code.equals("InvalidSignatureException")) {
      return new Failure(
          Kind.DENIED, "the secret key does not belong to the access key; look at both");
    }
    if (DENIED.contains(code) || e.statusCode() == 403) {
      return new Failure(
          Kind.DENIED,
          "the policies of the credentials do not allow it (" + service + " " + code + ")");
    }
    if (QUOTA.contains(code)) {
      return new Failure(
          Kind.UNAVAILABLE, "a quota of the account is used up (" + service + " " + code + ")");
    }
    if (e.statusCode() >= 500) {
      return new Failure(Kind.UNKNOWN, service + " answered " + e.statusCode() + " " + code);
    }
    return new Failure(Kind.INVALID, service + " refused it with " + e.statusCode() + " " + code);
  }

  /** What it means that the SDK got no answer. */
  static Failure of(AwsService service, RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (message.contains("Unable to load credentials")) {
      return new Failure(
          Kind.DENIED,
          "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a"
              + " profile, or AwsSettings...credentials(...)");
    }
    if (e instanceof AbortedException) {
      return new Failure(Kind.UNAVAILABLE, "the thread was interrupted");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new Failure(
            Kind.THROTTLED,
            "the host of " + service + " cannot be found; look at region, endpoint and network");
      }
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || isNotConnected(cause)) {
        return new Failure(Kind.THROTTLED, service + " cannot be reached");
      }
    }
    return new Failure(Kind.UNKNOWN, service + " did not answer");
  }

  /** Told by name, since the HTTP client may be another than Apache's. */
  private static boolean isNotConnected(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return name.equals("ConnectTimeoutException") || name.equals("ConnectionPoolTimeoutException");
  }
}
