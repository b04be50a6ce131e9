package io.lakesdk.provision.aws;

import io.lakesdk.AwsBackend;
import io.lakesdk.ZoneSettings;
import io.lakesdk.provision.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Transition;

/**
 * What becomes of objects with time. Each zone has up to five rules, whose ids say whose they are;
 * rules of others stay as they are, though S3 takes all of them in one call.
 */
record Lifecycle(BucketCalls calls) implements Part {

  private static final int UPLOADS_END_AFTER = 7;
  private static final int DELETED_RESULTS_END_AFTER = 1;

  /** The rules of a zone; each has its id. */
  private enum Rule {
    UPLOADS,
    TIERS,
    EXPIRY,
    OLD_VERSIONS,
    /** What Athena leaves; only of {@link AwsBackend#METADATA}. */
    RESULTS;

    String id(Bucket.HeldZone zone) {
      return "lake-" + zone.name() + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.LIFECYCLE;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return words(ours(bucket));
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    Set<String> ids = ids(bucket);
    return words(
        read(bucket).map(GetBucketLifecycleConfigurationResponse::rules).orElse(List.of()).stream()
            .filter(rule -> ids.contains(rule.id()))
            .toList());
  }

  private static Map<String, String> words(List<LifecycleRule> rules) {
    Map<String, String> words = new LinkedHashMap<>();
    rules.forEach(rule -> words.put(rule.id(), LifecycleWords.of(rule)));
    return words;
  }

  private Optional<GetBucketLifecycleConfigurationResponse> read(Bucket bucket) {
    return calls.find(
        bucket,
        aspect(),
        "s3:GetLifecycleConfiguration",
        s3 ->
            s3.getBucketLifecycleConfiguration(
                request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())));
  }

  /** All ids that rules of these zones can have. */
  private static Set<String> ids(Bucket bucket) {
    return bucket.zones().stream()
        .flatMap(zone -> List.of(Rule.values()).stream().map(rule -> rule.id(zone)))
        .collect(Collectors.toSet());
  }

  private static List<LifecycleRule> ours(Bucket bucket) {
    List<LifecycleRule> rules = new ArrayList<>();
    for (Bucket.HeldZone zone : bucket.zones()) {
      ZoneSettings settings = zone.settings();
      rules.add(
          rule(
              zone,
              Rule.UPLOADS,
              r ->
                  r.abortIncompleteMultipartUpload(
                      abort -> abort.daysAfterInitiation(UPLOADS_END_AFTER))));
      if (!settings.moves().isEmpty()) {
        List<Transition> moves =
            settings.moves().stream()
                .map(
                    move ->
                        Transition.builder()
                            .storageClass(move.to().name())
                            .days(days(move.after()))
                            .build())
                .toList();
        rules.add(rule(zone, Rule.TIERS, r -> r.transitions(moves)));
      }
      settings
          .expiry()
          .ifPresent(
              age -> rules.add(rule(zone, Rule.EXPIRY, r -> r.expiration(e -> e.days(days(age))))));
      settings
          .oldVersions()
          .ifPresent(
              time ->
                  rules.add(
                      rule(
                          zone,
                          Rule.OLD_VERSIONS,
                          r ->
                              r.noncurrentVersionExpiration(e -> e.noncurrentDays(days(time)))
                                  .expiration(e -> e.expiredObjectDeleteMarker(true)))));
      if (settings.zone().equals(AwsBackend.METADATA)) {
        rules.add(results(zone));
      }
    }
    return rules;
  }

  private static LifecycleRule results(Bucket.HeldZone zone) {
    return rule(
        zone,
        Rule.RESULTS,
        r ->
            r.filter(filter -> filter.prefix(zone.prefix() + AwsBackend.RESULTS))
                .expiration(e -> e.days(days(AwsBackend.RESULTS_KEPT)))
                .noncurrentVersionExpiration(e -> e.noncurrentDays(DELETED_RESULTS_END_AFTER)));
  }

  private static int days(Duration time) {
    return Math.toIntExact(time.toDays());
  }

  private static LifecycleRule rule(
      Bucket.HeldZone zone, Rule rule, Consumer<LifecycleRule.Builder> what) {
    LifecycleRule.Builder builder =
        LifecycleRule.builder()
            .id(rule.id(zone))
            .status(ExpirationStatus.ENABLED)
            .filter(filter -> filter.prefix(zone.prefix()));
    what.accept(builder);
    return builder.build();
  }

  @Override
  public void put(Bucket bucket) {
    Optional<GetBucketLifecycleConfigurationResponse> found = read(bucket);
    Set<String> ids = ids(bucket);
    List<LifecycleRule> rules =
        new ArrayList<>(
            found.map(GetBucketLifecycleConfigurationResponse::rules).orElse(List.of()));
    rules.removeIf(rule -> ids.contains(rule.id()));
    rules.addAll(ours(bucket));
    calls.change(
        bucket,
        aspect(),
        "s3:PutLifecycleConfiguration",
        s3 ->
            s3.putBucketLifecycleConfiguration(
                request -> {
                  request
                      .bucket(bucket.name())
                      .expectedBucketOwner(calls.owner())
                      .lifecycleConfiguration(configuration -> configuration.rules(rules));
                  found.ifPresent(
                      before ->
                          request.transitionDefaultMinimumObjectSize(
                              before.transitionDefaultMinimumObjectSizeAsString()));
                }));
  }
}
