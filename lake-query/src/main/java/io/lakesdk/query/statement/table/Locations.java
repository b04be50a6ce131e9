package io.lakesdk.query.statement.table;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.error.InvalidDefinitionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders of zones as statements name them: {@code s3://bucket/folder/} with the bucket of one of
 * the lake's zones, or in an embedded lake with the zone's name for the bucket.
 */
public final class Locations {

  private static final Pattern URI = Pattern.compile("s3://([^/]+)/(.+)");

  private Locations() {}

  /** The folder, or nothing if it is none of the lake's or a whole zone. */
  public static Optional<AwsPlace> parse(Lake lake, String uri) {
    if (lake.backend() instanceof AwsBackend aws) {
      return AwsPlace.parse(aws.settings(), uri);
    }
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String folder = parts.group(2);
    boolean plain = !folder.startsWith("/") && !folder.contains("//") && !folder.contains("..");
    return plain
        ? zone(parts.group(1))
            .map(zone -> new AwsPlace(zone, folder.endsWith("/") ? folder : folder + "/"))
        : Optional.empty();
  }

  private static Optional<Zone> zone(String name) {
    try {
      return Optional.of(Zone.named(name));
    } catch (InvalidDefinitionException noZone) {
      return Optional.empty();
    }
  }
}
