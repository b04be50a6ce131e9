package io.lakesdk.query.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the errors of Athena's calls mean; what a statement fails with is in {@link
 * StatementFailure}. Source: "Errors" of the operations in the Athena API reference. What comes
 * from S3, for the file of a result, is told by its code too.
 */
final class AthenaErrors implements AwsConnection.Errors {

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern ANALYSIS = Pattern.compile("line \\d+:\\d+: .*", Pattern.DOTALL);

  private final String workgroup;
  private final boolean ofSettings;

  AthenaErrors(String workgroup, AwsSettings settings) {
    this.workgroup = workgroup;
    this.ofSettings = workgroup.equals(settings.workgroup());
  }

  @Override
  public Optional<Failure> failure(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    String message = details == null ? "" : String.valueOf(details.errorMessage());
    return switch (code) {
      case "InvalidRequestException" -> Optional.of(invalid(message));
      case "MetadataException" ->
          Optional.of(new Failure(Kind.UNAVAILABLE, "Athena could not read the catalog"));
      case "ResourceNotFoundException" ->
          Optional.of(new Failure(Kind.NOT_FOUND, "Athena does not know it"));
      case "NoSuchKey", "NoSuchBucket" ->
          Optional.of(new Failure(Kind.NOT_FOUND, "the file with its rows is gone; run it again"));
      case "InvalidRange" ->
          Optional.of(new Failure(Kind.BAD_DATA, "the file with its rows is shorter than it was"));
      case "PreconditionFailed" ->
          Optional.of(
              new Failure(
                  Kind.CONFLICT, "the file with its rows was changed meanwhile; run it again"));
      default -> Optional.empty();
    };
  }

  private Failure invalid(String message) {
    if ((message.contains("orkGroup") && message.contains("not found"))
        || message.contains("WorkGroup does not exist")) {
      return new Failure(
          Kind.NOT_FOUND,
          "there is no workgroup "
              + workgroup
              + (ofSettings
                  ? "; make it, or name another with AwsSettings...workgroup(\"...\")"
                  : "; make it with workgroups().register(Workgroup.named(...)), or take another"
                      + " name"));
    }
    if (message.contains("orkGroup") && message.contains("disabled")) {
      return new Failure(
          Kind.UNAVAILABLE,
          "workgroup "
              + workgroup
              + " is disabled; whoever opened the lake can register it as enabled()");
    }
    if (message.contains("not found")) {
      return new Failure(Kind.NOT_FOUND, "Athena does not know it any more");
    }
    if (ANALYSIS.matcher(message).matches()) {
      return new Failure(Kind.INVALID, message);
    }
    return new Failure(Kind.INVALID, "Athena refused it: " + withoutTexts(message));
  }

  /** A message without what stands in quotes, which may be data. */
  static String withoutTexts(String message) {
    return QUOTED.matcher(message).replaceAll("...");
  }
}
