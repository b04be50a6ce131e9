package io.lakesdk.catalog.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where folders of zones are in S3, and which folder of which zone is at a place in S3. */
final class Places {

  private static final Pattern URI = Pattern.compile("s3[an]?://([^/]+)/?(.*)");

  private final AwsSettings settings;

  Places(AwsSettings settings) {
    this.settings = settings;
  }

  /**
   * A folder of a zone.
   *
   * @param folder ends with a slash
   */
  record Place(Zone zone, String folder) {}

  /** {@code s3://bucket/prefix/}. */
  String uri(Zone zone, String folder) {
    return "s3://" + settings.bucket(zone) + "/" + settings.prefix(zone) + folder;
  }

  /** The place of a URI; empty if it is in none of the lake's buckets, or is no URI of S3. */
  Optional<Place> of(String uri) {
    Matcher parts = URI.matcher(uri);
    return parts.matches() ? of(parts.group(1), parts.group(2)) : Optional.empty();
  }

  private Optional<Place> of(String bucket, String key) {
    if (settings.layout() instanceof AwsSettings.Layout.OneBucket one) {
      int slash = key.indexOf('/');
      return one.name().equals(bucket) && slash > 0
          ? zone(key.substring(0, slash)).flatMap(zone -> place(zone, key.substring(slash + 1)))
          : Optional.empty();
    }
    return zoneOf(bucket).flatMap(zone -> place(zone, key));
  }

  /** The folder of a whole zone is no dataset's. */
  private static Optional<Place> place(Zone zone, String key) {
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(zone, key.endsWith("/") ? key : key + "/"));
  }

  private Optional<Zone> zoneOf(String bucket) {
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
