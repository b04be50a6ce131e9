package io.lakesdk.storage.aws;

import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import io.lakesdk.storage.PutOptions.Condition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the errors of S3 mean. Source: "Error responses" in the Amazon S3 API reference. Answers to
 * HEAD have no body and hence no code, so that the status must do.
 */
final class S3Errors implements AwsConnection.Errors {

  private static final Failure ABSENT = new Failure(Kind.NOT_FOUND, "it does not exist");
  private static final Failure NO_VERSION = new Failure(Kind.NOT_FOUND, "it has no such version");
  private static final Failure CHANGED =
      new Failure(Kind.CONFLICT, "its ETag is another, so somebody wrote it meanwhile");
  private static final Failure CHANGED_BY_ANOTHER =
      new Failure(Kind.CONFLICT, "its ETag is another, so somebody else wrote it meanwhile");
  private static final Failure PRESENT =
      new Failure(Kind.ALREADY_EXISTS, "it exists and was to be written only if absent");

  private static final Pattern KEY_ACTION = Pattern.compile("kms:\\w+");
  private static final String KEY_CANNOT_BE_USED =
      "the KMS key of its zone cannot be used (%s); look at its state and policy";

  private final String bucket;
  private final String region;
  private final Optional<String> owner;
  private final Failure preconditionFailed;
  private final Failure absent;
  private final Kind raced;

  /**
   * @param owner the account that calls say the bucket belongs to, if they say one
   */
  S3Errors(String bucket, String region, Optional<String> owner) {
    this(bucket, region, owner, CHANGED, ABSENT, Kind.THROTTLED);
  }

  private S3Errors(
      String bucket,
      String region,
      Optional<String> owner,
      Failure preconditionFailed,
      Failure absent,
      Kind raced) {
    this.bucket = bucket;
    this.region = region;
    this.owner = owner;
    this.preconditionFailed = preconditionFailed;
    this.absent = absent;
    this.raced = raced;
  }

  /** For calls that name a version. */
  S3Errors ofVersion(Optional<String> version) {
    return version.isEmpty()
        ? this
        : new S3Errors(bucket, region, owner, preconditionFailed, NO_VERSION, raced);
  }

  /** For writes with a condition. */
  S3Errors of(Condition condition) {
    return new S3Errors(
        bucket,
        region,
        owner,
        condition instanceof Condition.Absent ? PRESENT : CHANGED_BY_ANOTHER,
        absent,
        raced);
  }

  /** For the end of an upload, whose parts a lost race takes with it. */
  S3Errors ofUploadsEnd(Condition condition) {
    return new S3Errors(
        bucket,
        region,
        owner,
        condition instanceof Condition.Absent ? PRESENT : CHANGED_BY_ANOTHER,
        absent,
        Kind.CONFLICT);
  }

  static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String message(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  /** Whether the object or version is not there. */
  boolean isAbsent(AwsServiceException e) {
    return !code(e).equals("NoSuchBucket")
        && failure(e).filter(failure -> failure.kind() == Kind.NOT_FOUND).isPresent();
  }

  @Override
  public Optional<Failure> failure(AwsServiceException e) {
    String code = code(e);
    return switch (code) {
      case "NoSuchBucket" ->
          failure(
              Kind.NOT_FOUND,
              "its bucket " + bucket + " does not exist; provision the lake's zones first");
      case "NoSuchVersion" -> Optional.of(NO_VERSION);
      case "NoSuchUpload" ->
          failure(
              Kind.CONFLICT,
              "its upload is gone, since it was aborted or expired; start another upload");
      case "PreconditionFailed" -> Optional.of(preconditionFailed);
      case "ConditionalRequestConflict" ->
          failure(raced, "somebody else wrote it at the same moment; try again");
      case "OperationAborted" -> failure(Kind.THROTTLED, "its bucket is being changed");
      case "InvalidObjectState" ->
          failure(
              Kind.UNAVAILABLE,
              "it is archived in a storage class from which it must be restored before it is read");
      case "BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody" ->
          failure(Kind.THROTTLED, "its content was damaged on the way to S3");
      case "RequestTimeout" -> failure(Kind.THROTTLED, "its content came too slowly for S3");
      case "EntityTooLarge" ->
          failure(Kind.INVALID, "S3 takes at most 5 GiB at once and 5 TiB in parts");
      case "MetadataTooLarge" ->
          failure(
              Kind.INVALID,
              "with what the SDK adds, its metadata has more than the 2 KB that S3 allows");
      case "KeyTooLongError" ->
          failure(Kind.INVALID, "a key has 1 to 1,024 bytes in UTF-8 and this one has more");
      case "InvalidURI" -> failure(Kind.INVALID, "S3 does not take such a key");
      case "InvalidRange" -> failure(Kind.INVALID, "the range starts at or after its end");
      case "InternalError" -> failure(Kind.UNKNOWN, "S3 answered with an internal error");
      case "BucketAlreadyOwnedByYou" ->
          failure(Kind.ALREADY_EXISTS, "this account has bucket " + bucket + " already");
      case "BucketAlreadyExists" ->
          failure(
              Kind.ALREADY_EXISTS,
              "somebody else has a bucket named " + bucket + "; choose another name");
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          elsewhere(e);
      case "AccessDenied" -> deniedKey(e).or(this::denied);
      default -> code.startsWith("KMS.") ? kms(code) : byStatus(e);
    };
  }

  private Optional<Failure> byStatus(AwsServiceException e) {
    return switch (e.statusCode()) {
      case 301, 307 -> elsewhere(e);
      case 403 -> code(e).isEmpty() ? denied() : Optional.empty();
      case 404 -> Optional.of(absent);
      case 405 -> Optional.of(NO_VERSION);
      case 412 -> Optional.of(preconditionFailed);
      case 416 -> failure(Kind.INVALID, "the range starts at or after its end");
      case 400 ->
          absent.equals(NO_VERSION) && message(e).toLowerCase(Locale.ROOT).contains("version id")
              ? Optional.of(NO_VERSION)
              : region(e).flatMap(other -> elsewhere(e));
      default -> Optional.empty();
    };
  }

  private static Optional<Failure> kms(String code) {
    if (code.contains("Throttling")) {
      return failure(Kind.THROTTLED, "KMS is throttling calls");
    }
    return failure(
        code.contains("AccessDenied") ? Kind.DENIED : Kind.UNAVAILABLE,
        KEY_CANNOT_BE_USED.formatted(code));
  }

  /** Only the message tells that it is the key, and not the bucket, which may not be used. */
  private static Optional<Failure> deniedKey(AwsServiceException e) {
    Matcher action = KEY_ACTION.matcher(message(e));
    return action.find()
        ? failure(Kind.DENIED, KEY_CANNOT_BE_USED.formatted(action.group()))
        : Optional.empty();
  }

  /** S3 answers alike to a bucket of another owner and to what a policy forbids. */
  private Optional<Failure> denied() {
    return owner.flatMap(
        id ->
            failure(
                Kind.DENIED,
                "its bucket "
                    + bucket
                    + " does not belong to account "
                    + id
                    + " that the settings name, or the policies of the credentials do not allow it"
                    + "; look at who owns the bucket first"));
  }

  private Optional<Failure> elsewhere(AwsServiceException e) {
    return failure(
        Kind.INVALID,
        "its bucket "
            + bucket
            + " is in "
            + region(e).map(name -> "region " + name).orElse("another region")
            + " and the lake's settings say "
            + region
            + "; set that of the bucket");
  }

  private static Optional<String> region(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
  }

  private static Optional<Failure> failure(Kind kind, String reason) {
    return Optional.of(new Failure(kind, reason));
  }
}
