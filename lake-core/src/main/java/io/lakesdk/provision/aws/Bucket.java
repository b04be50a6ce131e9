package io.lakesdk.provision.aws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.lakesdk.ZoneSettings;
import java.util.Optional;

/**
 * A bucket as it shall be.
 *
 * @param name of the bucket
 * @param exists whether there is one yet
 * @param zones that it holds, with the prefixes of their keys
 * @param key the ARN of the KMS key of its default encryption; empty for S3's own keys
 * @param tags that the lake puts on it
 */
record Bucket(
    String name,
    boolean exists,
    ImmutableList<HeldZone> zones,
    Optional<String> key,
    ImmutableMap<String, String> tags) {

  /**
   * A zone in a bucket.
   *
   * @param settings of the zone
   * @param prefix what its keys start with; empty, or ending in a slash
   */
  record HeldZone(ZoneSettings settings, String prefix) {

    String name() {
      return settings.zone().name();
    }
  }
}
