package io.lakesdk.provision.aws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.KeyId;
import io.lakesdk.Zone;
import io.lakesdk.ZoneSettings;
import io.lakesdk.aws.AwsConnection;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.Subject;
import io.lakesdk.fault.Call;
import io.lakesdk.provision.Change;
import io.lakesdk.provision.Plan;
import io.lakesdk.provision.Provisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sts.StsClient;

/** Makes the buckets of a lake and keeps them in shape. */
public final class S3Provisioning implements Provisioning {

  private static final ZoneSettings METADATA =
      AwsBackend.METADATA.keepOldVersions(Duration.ofDays(30));

  private final AwsConnection connection;
  private final AwsSettings settings;
  private final Keys keys;

  public S3Provisioning(AwsBackend backend) {
    this.connection = backend.connection();
    this.settings = backend.settings();
    this.keys = new Keys(connection);
  }

  /** What is needed for one call: who asks, and with it whose buckets they must be. */
  private record Session(BucketCalls calls, Buckets buckets, List<Part> parts) {}

  private Session open() {
    String caller = caller();
    BucketCalls calls = new BucketCalls(connection, settings.accountId().orElse(caller));
    List<Part> parts =
        List.of(
            new Tags(calls),
            new PublicAccess(calls),
            new Ownership(calls),
            new Encryption(calls, keys),
            new Versioning(calls),
            new TlsOnly(calls),
            new Lifecycle(calls),
            new Archives(calls));
    return new Session(calls, new Buckets(calls, caller), parts);
  }

  /** The account of the credentials. */
  private String caller() {
    StsClient sts = connection.client(AwsService.STS, StsClient.builder());
    return connection
        .calls(AwsService.STS, error -> Optional.empty())
        .read(
            Call.READ_ACCOUNT,
            "call AWS for",
            Subject.of(Subject.Kind.LAKE, settings.toString()),
            () -> sts.getCallerIdentity().account());
  }

  @Override
  public Plan plan(ZoneSettings... zones) {
    Session session = open();
    ImmutableList<ZoneSettings> complete = complete(zones);
    return plan(session, complete, buckets(session, complete));
  }

  private Plan plan(Session session, ImmutableList<ZoneSettings> zones, List<Bucket> buckets) {
    ImmutableList.Builder<Change> changes = ImmutableList.builder();
    for (Bucket bucket : buckets) {
      if (!bucket.exists()) {
        session.buckets().checkCanMake(bucket.name());
        changes.add(
            new Change(
                bucket.name(),
                Change.Aspect.BUCKET,
                "",
                Optional.empty(),
                Optional.of("in " + settings.region())));
      }
      for (Part part : session.parts()) {
        Map<String, String> found = bucket.exists() ? part.found(bucket) : Map.of();
        changes.addAll(changes(bucket, part, found));
      }
    }
    return new Plan(zones, changes.build());
  }

  private static List<Change> changes(Bucket bucket, Part part, Map<String, String> found) {
    Map<String, String> wanted = part.wanted(bucket);
    Set<String> items = new LinkedHashSet<>(wanted.keySet());
    items.addAll(found.keySet());
    List<Change> changes = new ArrayList<>();
    for (String item : items) {
      Optional<String> from = Optional.ofNullable(found.get(item));
      Optional<String> to = Optional.ofNullable(wanted.get(item));
      if (!from.equals(to)) {
        changes.add(new Change(bucket.name(), part.aspect(), item, from, to));
      }
    }
    return changes;
  }

  @Override
  public List<Change> apply(Plan plan) {
    Session session = open();
    List<Bucket> buckets = buckets(session, plan.zones());
    Plan now = plan(session, plan.zones(), buckets);
    if (!now.equals(plan)) {
      throw new ConflictException(
          "provision",
          Subject.of(Subject.Kind.LAKE, settings.toString()),
          changed(plan, now) + " since it was planned; plan again");
    }
    for (Bucket bucket : buckets) {
      apply(session, bucket, plan);
    }
    return plan.changes();
  }

  private static void apply(Session session, Bucket bucket, Plan plan) {
    Set<Change.Aspect> aspects =
        plan.changes().stream()
            .filter(change -> change.bucket().equals(bucket.name()))
            .map(Change::aspect)
            .collect(Collectors.toSet());
    if (aspects.contains(Change.Aspect.BUCKET)) {
      session.buckets().make(bucket.name());
    }
    for (Part part : session.parts()) {
      if (aspects.contains(part.aspect()) && !part.found(bucket).equals(part.wanted(bucket))) {
        part.put(bucket);
      }
    }
  }

  private static String changed(Plan plan, Plan now) {
    return Stream.concat(plan.changes().stream(), now.changes().stream())
        .filter(change -> !plan.changes().contains(change) || !now.changes().contains(change))
        .findFirst()
        .map(
            change ->
                change.aspect() == Change.Aspect.BUCKET
                    ? "bucket " + change.bucket() + " changed"
                    : "the " + change.aspect() + " of bucket " + change.bucket() + " changed")
        .orElse("the zones changed");
  }

  @Override
  public void check(ZoneSettings... zones) {
    Session session = open();
    for (Bucket bucket : buckets(session, complete(zones))) {
      if (!bucket.exists()) {
        throw new NotFoundException(
            "use",
            Subject.bucket(bucket.name()),
            "it does not exist; make it with Provisioning.of(lake)");
      }
    }
  }

  private static ImmutableList<ZoneSettings> complete(ZoneSettings... described) {
    Map<Zone, ZoneSettings> zones = new LinkedHashMap<>();
    for (ZoneSettings zone : described) {
      if (zones.put(zone.zone(), zone) != null) {
        throw new InvalidDefinitionException(
            "provision", Subject.zone(zone.zone()), "it is described twice");
      }
    }
    if (zones.isEmpty()) {
      List.of(Zone.RAW, Zone.CLEANED, Zone.CURATED)
          .forEach(zone -> zones.put(zone, ZoneSettings.of(zone)));
    }
    zones.putIfAbsent(AwsBackend.METADATA, METADATA);
    return ImmutableList.copyOf(zones.values());
  }

  /** The buckets of these zones as they shall be, and whether they are there. */
  private List<Bucket> buckets(Session session, ImmutableList<ZoneSettings> zones) {
    Map<String, List<ZoneSettings>> byBucket =
        zones.stream()
            .collect(
                Collectors.groupingBy(
                    zone -> settings.bucket(zone.zone()), LinkedHashMap::new, Collectors.toList()));
    List<Bucket> buckets = new ArrayList<>();
    byBucket.forEach(
        (name, held) ->
            buckets.add(
                new Bucket(
                    name,
                    session.buckets().exists(name),
                    held.stream()
                        .map(zone -> new Bucket.HeldZone(zone, settings.prefix(zone.zone())))
                        .collect(ImmutableList.toImmutableList()),
                    key(name, held).map(keys::usable),
                    tags(held))));
    return buckets;
  }

  /** The one key of all zones in a bucket. */
  private Optional<KeyId> key(String bucket, List<ZoneSettings> held) {
    Set<KeyId> named = new LinkedHashSet<>();
    for (ZoneSettings zone : held) {
      Optional<KeyId> inSettings =
          Optional.ofNullable(settings.keys().get(zone.zone())).map(KeyId::of);
      zone.key().or(() -> inSettings).ifPresent(named::add);
      if (zone.key().isPresent()
          && inSettings.filter(k -> !zone.key().get().equals(k)).isPresent()) {
        throw new InvalidDefinitionException(
            "provision",
            Subject.zone(zone.zone()),
            "it is described with key "
                + zone.key().get()
                + ", and AwsSettings name "
                + inSettings.get()
                + "; leave out one of the two");
      }
    }
    if (named.size() > 1) {
      throw new InvalidDefinitionException(
          "provision",
          Subject.bucket(bucket),
          "its zones have different keys, and a bucket has one default; give them the same, or"
              + " buckets of their own");
    }
    return named.stream().findFirst();
  }

  private ImmutableMap<String, String> tags(List<ZoneSettings> held) {
    ImmutableMap.Builder<String, String> tags = ImmutableMap.builder();
    tags.put("lake", settings.account());
    if (settings.layout() instanceof AwsSettings.Layout.BucketPerZone) {
      held.forEach(zone -> tags.put("zone", zone.zone().name()));
    }
    return tags.buildOrThrow();
  }
}
