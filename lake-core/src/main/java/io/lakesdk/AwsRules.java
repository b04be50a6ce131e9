package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * What AWS allows settings to be, as far as it can be told without a call. Sources: "Bucket naming
 * rules" of the Amazon S3 user guide, "IAM identifiers" of the IAM user guide.
 */
final class AwsRules {

  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");
  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final List<String> BUCKET_STARTS = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> BUCKET_ENDS =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/([\\x21-\\x7E]{1,510}/)?[\\w+=,.@-]{1,64}");
  private static final int LIKELY = 2;

  private AwsRules() {}

  static void require(boolean holds, String option, String reason) {
    if (!holds) {
      throw new InvalidDefinitionException("use", Subject.option(option), reason);
    }
  }

  /** With an endpoint of its own, any name that looks like a region's will do. */
  static void region(String name, boolean ownEndpoint) {
    List<String> known =
        Region.regions().stream().filter(r -> !r.isGlobalRegion()).map(Region::id).toList();
    boolean looksRight = REGION.matcher(name).matches();
    if (known.contains(name) || (looksRight && ownEndpoint)) {
      return;
    }
    String likely =
        known.stream()
            .min(Comparator.comparingInt(region -> distance(region, name)))
            .filter(region -> distance(region, name) <= LIKELY)
            .map(region -> "; did you mean " + region + "?")
            .orElse(looksRight ? "; if it is new, use a newer AWS SDK" : "");
    require(false, "region", name + " is not the name of a region" + likely);
  }

  /** How many letters must be added, left out, changed or swapped to make one of the other. */
  private static int distance(String one, String other) {
    int[][] least = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int either = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
        least[i][j] = Math.min(either, least[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[one.length()][other.length()];
  }

  static void accountId(String id) {
    require(ACCOUNT_ID.matcher(id).matches(), "accountId", "an account's id has 12 digits");
  }

  /** Why S3 does not allow this name of a bucket; empty if it does. */
  static Optional<String> refusal(String bucket) {
    if (bucket.length() < 3 || bucket.length() > 63) {
      return Optional.of("it has 3 to 63 characters");
    }
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      return Optional.of(
          "it has lower-case letters, digits, hyphens and single dots, and starts and ends with a"
              + " letter or digit");
    }
    if (IP.matcher(bucket).matches()) {
      return Optional.of("it must not look like an IP address");
    }
    return BUCKET_STARTS.stream()
        .filter(bucket::startsWith)
        .map(start -> "names that start with " + start + " are reserved")
        .findFirst()
        .or(
            () ->
                BUCKET_ENDS.stream()
                    .filter(bucket::endsWith)
                    .map(end -> "names that end with " + end + " are reserved")
                    .findFirst());
  }

  static void bucket(String name) {
    refusal(name)
        .ifPresent(
            reason ->
                require(false, "bucket", "S3 does not allow the name " + name + ": " + reason));
  }

  /** {@code {name}} may stand for the name of a principal. */
  static void role(String option, String arn) {
    require(
        ROLE.matcher(arn.replace("{name}", "name")).matches(),
        option,
        "it is not the ARN of a role, as arn:aws:iam::111122223333:role/lake");
  }

  static void endpoint(String option, URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    require(
        scheme.equals("http") || scheme.equals("https"),
        option,
        "it starts with http:// or https://");
    require(uri.getHost() != null, option, "it names no host");
    require(
        uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null,
        option,
        "it has a scheme, a host and a port, and nothing else");
  }

  static void key(String region, KeyId key) {
    require(
        key.region().isEmpty() || key.region().get().equals(region),
        "key",
        "the key is in "
            + key.region().orElse("")
            + " and the lake in "
            + region
            + "; S3 takes keys of its own region only");
  }
}
