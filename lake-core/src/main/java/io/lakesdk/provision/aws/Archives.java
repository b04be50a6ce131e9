package io.lakesdk.provision.aws;

import io.lakesdk.ZoneSettings;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.provision.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.IntelligentTieringAccessTier;
import software.amazon.awssdk.services.s3.model.IntelligentTieringConfiguration;
import software.amazon.awssdk.services.s3.model.IntelligentTieringFilter;
import software.amazon.awssdk.services.s3.model.IntelligentTieringStatus;
import software.amazon.awssdk.services.s3.model.Tiering;

/**
 * The archives of intelligent tiering: one configuration for each zone that has any. Where a
 * configuration cannot be read back, as on some emulators, every plan names it again.
 */
record Archives(BucketCalls calls) implements Part {

  private static final String PERMISSION = "s3:PutIntelligentTieringConfiguration";

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.TIERING;
  }

  private static String id(Bucket.HeldZone zone) {
    return "lake-" + zone.name();
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Bucket.HeldZone zone : bucket.zones()) {
      ours(zone).ifPresent(configuration -> words.put(id(zone), words(configuration)));
    }
    return words;
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Bucket.HeldZone zone : bucket.zones()) {
      calls
          .find(
              bucket,
              aspect(),
              "s3:GetIntelligentTieringConfiguration",
              s3 ->
                  s3.getBucketIntelligentTieringConfiguration(
                      request ->
                          request
                              .bucket(bucket.name())
                              .expectedBucketOwner(calls.owner())
                              .id(id(zone))))
          .map(response -> response.intelligentTieringConfiguration())
          .filter(found -> found.hasTierings())
          .ifPresent(found -> words.put(id(zone), words(found)));
    }
    return words;
  }

  private static Optional<IntelligentTieringConfiguration> ours(Bucket.HeldZone zone) {
    ZoneSettings settings = zone.settings();
    List<Tiering> tiers = new ArrayList<>();
    settings
        .archive()
        .ifPresent(unread -> tiers.add(tier(IntelligentTieringAccessTier.ARCHIVE_ACCESS, unread)));
    settings
        .deepArchive()
        .ifPresent(
            unread -> tiers.add(tier(IntelligentTieringAccessTier.DEEP_ARCHIVE_ACCESS, unread)));
    if (tiers.isEmpty()) {
      return Optional.empty();
    }
    IntelligentTieringConfiguration.Builder configuration =
        IntelligentTieringConfiguration.builder()
            .id(id(zone))
            .status(IntelligentTieringStatus.ENABLED)
            .tierings(tiers);
    if (!zone.prefix().isEmpty()) {
      configuration.filter(filter -> filter.prefix(zone.prefix()));
    }
    return Optional.of(configuration.build());
  }

  private static Tiering tier(IntelligentTieringAccessTier tier, Duration unread) {
    return Tiering.builder().accessTier(tier).days(Math.toIntExact(unread.toDays())).build();
  }

  private static String words(IntelligentTieringConfiguration configuration) {
    List<String> tiers =
        configuration.tierings().stream()
            .map(tier -> tier.accessTierAsString() + " after " + tier.days() + " days unread")
            .sorted()
            .toList();
    boolean on = configuration.status() == IntelligentTieringStatus.ENABLED;
    return String.join(", ", tiers) + where(configuration.filter()) + (on ? "" : " (disabled)");
  }

  private static String where(IntelligentTieringFilter filter) {
    if (filter == null) {
      return "";
    }
    return filter.tag() == null && filter.and() == null
        ? ", below " + filter.prefix()
        : ", where " + filter;
  }

  @Override
  public void put(Bucket bucket) {
    Map<String, String> found = found(bucket);
    for (Bucket.HeldZone zone : bucket.zones()) {
      Optional<IntelligentTieringConfiguration> wanted = ours(zone);
      if (wanted.isPresent()) {
        set(bucket, zone, wanted.get());
      } else if (found.containsKey(id(zone))) {
        remove(bucket, zone);
      }
    }
  }

  private void set(
      Bucket bucket, Bucket.HeldZone zone, IntelligentTieringConfiguration configuration) {
    calls.change(
        bucket,
        aspect(),
        PERMISSION,
        s3 ->
            s3.putBucketIntelligentTieringConfiguration(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .id(id(zone))
                        .intelligentTieringConfiguration(configuration)));
  }

  private void remove(Bucket bucket, Bucket.HeldZone zone) {
    try {
      calls.change(
          bucket,
          aspect(),
          PERMISSION,
          s3 ->
              s3.deleteBucketIntelligentTieringConfiguration(
                  request ->
                      request
                          .bucket(bucket.name())
                          .expectedBucketOwner(calls.owner())
                          .id(id(zone))));
    } catch (NotFoundException removed) {
      // by an attempt whose answer was lost, or by somebody else
    }
  }
}
