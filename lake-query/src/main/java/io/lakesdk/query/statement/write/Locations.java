package io.lakesdk.query.statement.write;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Locations as statements write them. */
final class Locations {

  private static final Pattern URI = Pattern.compile("s3://([^/]+)/(.+)");

  private Locations() {}

  /**
   * The folder of a zone that {@code s3://bucket/folder/} is. In an embedded lake the bucket is the
   * zone's name.
   */
  static Optional<AwsPlace> parse(Lake lake, String uri) {
    if (lake.backend() instanceof AwsBackend aws) {
      return AwsPlace.parse(aws.settings(), uri);
    }
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String folder = parts.group(2);
    if (folder.startsWith("/") || folder.contains("//") || folder.contains("..")) {
      return Optional.empty();
    }
    return Optional.of(
        new AwsPlace(Zone.named(parts.group(1)), folder.endsWith("/") ? folder : folder + "/"));
  }
}
