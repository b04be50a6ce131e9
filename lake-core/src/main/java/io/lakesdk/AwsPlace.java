package io.lakesdk;

import io.lakesdk.error.InvalidDefinitionException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of a zone, which Glue names by its place in S3. For the layers.
 *
 * @param zone which zone
 * @param folder the prefix of its keys in the zone; ends with a slash
 */
public record AwsPlace(Zone zone, String folder) {

  private static final Pattern URI = Pattern.compile("s3[an]?://([^/]+)/?(.*)");

  /** As Glue names it: {@code s3://bucket/prefix/}. */
  public String uri(AwsSettings settings) {
    return "s3://" + settings.bucket(zone) + "/" + settings.prefix(zone) + folder;
  }

  /**
   * What Glue names so; empty if it is in none of the lake's buckets, is a whole bucket, or is not
   * in S3.
   */
  public static Optional<AwsPlace> parse(AwsSettings settings, String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String bucket = parts.group(1);
    String key = parts.group(2);
    if (settings.layout() instanceof AwsSettings.Layout.OneBucket one) {
      int slash = key.indexOf('/');
      return one.name().equals(bucket) && slash > 0
          ? zone(key.substring(0, slash)).flatMap(zone -> in(zone, key.substring(slash + 1)))
          : Optional.empty();
    }
    return zoneOf(settings, bucket).flatMap(zone -> in(zone, key));
  }

  private static Optional<AwsPlace> in(Zone zone, String key) {
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(new AwsPlace(zone, key.endsWith("/") ? key : key + "/"));
  }

  private static Optional<Zone> zoneOf(AwsSettings settings, String bucket) {
    AwsSettings.Layout.BucketPerZone many = (AwsSettings.Layout.BucketPerZone) settings.layout();
    Optional<Zone> named =
        many.names().entrySet().stream()
            .filter(entry -> entry.getValue().equals(bucket))
            .map(Map.Entry::getKey)
            .findFirst();
    String start = settings.account() + "-";
    return named.isPresent() || !bucket.startsWith(start)
        ? named
        : zone(bucket.substring(start.length()));
  }

  private static Optional<Zone> zone(String name) {
    try {
      return Optional.of(Zone.named(name));
    } catch (InvalidDefinitionException noZone) {
      return Optional.empty();
    }
  }
}
