package io.lakesdk;

import static io.lakesdk.AwsRules.require;

import com.google.common.collect.ImmutableMap;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.Subject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Where a lake on AWS is and how it is called: {@code
 * AwsSettings.region("eu-west-1").account("acme-lake").build()}. A value; {@link Lake#onAws} opens
 * the lake.
 *
 * @param region as AWS names it
 * @param account the name that the lake's buckets start with
 * @param accountId the 12 digits of the AWS account that owns the buckets; with it, calls to a
 *     bucket of another account fail; empty for the account of the credentials, which only
 *     provisioning looks up and checks
 * @param layout which bucket holds which zone
 * @param keys the KMS keys of zones: key ids, ARNs or aliases; zones without one use S3's own keys
 * @param role the role that the lake's administrator assumes; empty for the credentials as they are
 * @param principalRoles the ARN of the role that stands for a principal, with {@code {name}} for
 *     its name; empty if none may look at the lake through AWS's own services
 * @param credentials empty for the SDK's default chain
 * @param endpoint for all services that have none of their own; empty for AWS's
 * @param endpoints of single services
 * @param addressing how buckets are named in requests
 * @param compute where queries run
 * @param lakeFormation whether grants are given to Lake Formation too
 * @param workgroup the Athena workgroup
 * @param cache where objects are kept as files for queries of this process, and how many
 * @param limits how long and how often calls are tried
 * @param http makes the HTTP client; empty for the Apache client
 */
public record AwsSettings(
    String region,
    String account,
    Optional<String> accountId,
    Layout layout,
    ImmutableMap<Zone, String> keys,
    Optional<String> role,
    Optional<String> principalRoles,
    Optional<AwsCredentialsProvider> credentials,
    Optional<URI> endpoint,
    ImmutableMap<AwsService, URI> endpoints,
    Addressing addressing,
    Compute compute,
    LakeFormation lakeFormation,
    String workgroup,
    Cache cache,
    Limits limits,
    Optional<Supplier<SdkHttpClient>> http) {

  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{1,35}[a-z0-9]");
  private static final List<Zone> ALWAYS =
      List.of(Zone.RAW, Zone.CLEANED, Zone.CURATED, AwsBackend.METADATA);

  /** How buckets are named in requests. */
  public enum Addressing {
    /** In the host name, as S3 wants it. */
    HOST,
    /** In the path, as emulators want it. */
    PATH
  }

  /** Where queries run. */
  public enum Compute {
    /** In Athena. Pipelines and ingestion do their work in this process all the same. */
    ATHENA,
    /** In this process, over objects of S3 and tables of Glue. */
    LOCAL
  }

  /** Whether grants are given to Lake Formation. */
  public enum LakeFormation {
    /** Grants hold in this SDK and in Athena, Glue and Spark. */
    ON,
    /** Grants hold in this SDK alone; for accounts where Lake Formation is not set up. */
    OFF
  }

  /** Which bucket holds which zone. */
  public sealed interface Layout {

    /**
     * A bucket for each zone.
     *
     * @param names of zones whose bucket has another name than {@code account-zone}
     */
    record BucketPerZone(ImmutableMap<Zone, String> names) implements Layout {}

    /** One bucket, in which zones are prefixes. */
    record OneBucket(String name) implements Layout {}
  }

  /**
   * A folder in which objects are kept as files.
   *
   * @param folder empty for a temporary one that is gone with the lake
   * @param bytes how much may be kept while nobody reads it
   */
  public record Cache(Optional<Path> folder, long bytes) {}

  /**
   * How long and how often calls are tried.
   *
   * @param callTimeout of one attempt
   * @param deadline of a call with all of its attempts
   * @param attempts at most
   * @param concurrency how many calls run at once
   */
  public record Limits(Duration callTimeout, Duration deadline, int attempts, int concurrency) {}

  public AwsSettings {
    AwsRules.region(region, endpoint.isPresent() || !endpoints.isEmpty());
    require(
        ACCOUNT.matcher(account).matches(),
        "account",
        "it has 3 to 37 lower-case letters, digits and hyphens, so that a bucket's name can start"
            + " with it");
    accountId.ifPresent(AwsRules::accountId);
    Objects.requireNonNull(layout, "layout");
    require(
        limits.attempts() > 0 && limits.concurrency() > 0,
        "limits",
        "attempts and concurrency are 1 or more");
    require(
        isPositive(limits.callTimeout()) && isPositive(limits.deadline()),
        "limits",
        "timeouts are longer than zero");
    require(cache.bytes() >= 0, "cache", "its size is 0 or more");
    role.ifPresent(arn -> AwsRules.role("assumeRole", arn));
    require(
        principalRoles.isEmpty() || principalRoles.get().contains("{name}"),
        "principalRoles",
        "it has no {name} for the principal's name");
    principalRoles.ifPresent(arn -> AwsRules.role("principalRoles", arn));
    endpoint.ifPresent(uri -> AwsRules.endpoint("endpoint", uri));
    endpoints.forEach((service, uri) -> AwsRules.endpoint("endpoint of " + service, uri));
    for (String key : keys.values()) {
      AwsRules.key(region, KeyId.of(key));
    }
    if (layout instanceof Layout.OneBucket one) {
      AwsRules.bucket(one.name());
    } else if (layout instanceof Layout.BucketPerZone many) {
      checkBuckets(many, account, keys.keySet());
    }
  }

  private static void checkBuckets(Layout.BucketPerZone layout, String account, Set<Zone> more) {
    Set<Zone> zones = new LinkedHashSet<>(ALWAYS);
    zones.addAll(layout.names().keySet());
    zones.addAll(more);
    Map<String, Zone> taken = new HashMap<>();
    for (Zone zone : zones) {
      String bucket = layout.names().getOrDefault(zone, account + "-" + zone.name());
      AwsRules.bucket(bucket);
      Zone other = taken.put(bucket, zone);
      require(
          other == null,
          "bucket",
          bucket + " would hold the zones " + other + " and " + zone + "; give each its own");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isZero() && !time.isNegative();
  }

  /** Starts with the region; {@link Builder#account} is all that must follow. */
  public static Builder region(String region) {
    return new Builder(region);
  }

  /**
   * The bucket that holds a zone.
   *
   * @throws InvalidDefinitionException if S3 does not allow the name that it would have
   */
  public String bucket(Zone zone) {
    if (layout instanceof Layout.OneBucket one) {
      return one.name();
    }
    @Nullable String named = ((Layout.BucketPerZone) layout).names().get(zone);
    if (named != null) {
      return named;
    }
    String bucket = account + "-" + zone.name();
    AwsRules.refusal(bucket)
        .ifPresent(
            reason -> {
              throw new InvalidDefinitionException(
                  "use",
                  Subject.zone(zone),
                  "S3 does not allow the name "
                      + bucket
                      + ": "
                      + reason
                      + "; name a bucket for it with AwsSettings...bucket(zone, name)");
            });
    return bucket;
  }

  /** What keys of a zone start with in its bucket; empty, or ending in a slash. */
  public String prefix(Zone zone) {
    return layout instanceof Layout.OneBucket ? zone.name() + "/" : "";
  }

  /** The endpoint of a service; empty for AWS's own. */
  public Optional<URI> endpoint(AwsService service) {
    return Optional.ofNullable(endpoints.get(service)).or(() -> endpoint);
  }

  /** Names the lake without credentials. */
  @Override
  public String toString() {
    return account + " in " + region;
  }

  /** Collects settings. Only the account must be given. */
  public static final class Builder {

    private final String region;
    private Optional<String> account = Optional.empty();
    private Optional<String> accountId = Optional.empty();
    private Optional<String> oneBucket = Optional.empty();
    private final Map<Zone, String> buckets = new HashMap<>();
    private final Map<Zone, String> keys = new HashMap<>();
    private Optional<String> role = Optional.empty();
    private Optional<String> principalRoles = Optional.empty();
    private Optional<AwsCredentialsProvider> credentials = Optional.empty();
    private Optional<URI> endpoint = Optional.empty();
    private final Map<AwsService, URI> endpoints = new EnumMap<>(AwsService.class);
    private Addressing addressing = Addressing.HOST;
    private Compute compute = Compute.ATHENA;
    private LakeFormation lakeFormation = LakeFormation.ON;
    private String workgroup = "primary";
    private Cache cache = new Cache(Optional.empty(), 10L << 30);
    private Limits limits = new Limits(Duration.ofSeconds(60), Duration.ofMinutes(5), 6, 64);
    private Optional<Supplier<SdkHttpClient>> http = Optional.empty();

    private Builder(String region) {
      this.region = Objects.requireNonNull(region, "region").toLowerCase(Locale.ROOT);
    }

    /** The name that the lake's buckets start with, as in {@code acme-lake-raw}. */
    public Builder account(String name) {
      this.account = Optional.of(name);
      return this;
    }

    /** The 12 digits of the AWS account that owns the buckets. */
    public Builder accountId(String id) {
      this.accountId = Optional.of(id);
      return this;
    }

    /** Puts all zones into one bucket, each below a prefix of its name. */
    public Builder oneBucket(String name) {
      this.oneBucket = Optional.of(name);
      return this;
    }

    /** Puts a zone into a bucket of another name. */
    public Builder bucket(Zone zone, String name) {
      buckets.put(Objects.requireNonNull(zone, "zone"), Objects.requireNonNull(name, "name"));
      return this;
    }

    /** Encrypts a zone with a KMS key: its id, ARN or alias, as {@link KeyId#of} takes them. */
    public Builder encryptedWith(Zone zone, String key) {
      keys.put(Objects.requireNonNull(zone, "zone"), KeyId.of(key).value());
      return this;
    }

    /** The ARN of a role that the lake's administrator assumes. */
    public Builder assumeRole(String arn) {
      this.role = Optional.of(arn);
      return this;
    }

    /**
     * The ARN of the roles that principals have, with {@code {name}} for the name: {@code
     * arn:aws:iam::111122223333:role/lake-{name}}.
     */
    public Builder principalRoles(String template) {
      this.principalRoles = Optional.of(template);
      return this;
    }

    /** Credentials in place of the SDK's default chain. */
    public Builder credentials(AwsCredentialsProvider provider) {
      this.credentials = Optional.of(provider);
      return this;
    }

    /** One endpoint for all services, as an emulator has. */
    public Builder endpoint(URI uri) {
      this.endpoint = Optional.of(uri);
      return this;
    }

    /** The endpoint of one service. */
    public Builder endpoint(AwsService service, URI uri) {
      endpoints.put(service, Objects.requireNonNull(uri, "uri"));
      return this;
    }

    /** Names buckets in the path and not in the host, as emulators want it. */
    public Builder pathStyle() {
      this.addressing = Addressing.PATH;
      return this;
    }

    /** Where queries run; in Athena unless told otherwise. */
    public Builder compute(Compute where) {
      this.compute = Objects.requireNonNull(where, "where");
      return this;
    }

    /** Whether grants are given to Lake Formation too; they are unless told otherwise. */
    public Builder lakeFormation(LakeFormation use) {
      this.lakeFormation = Objects.requireNonNull(use, "use");
      return this;
    }

    /** The Athena workgroup; {@code primary} unless told otherwise. */
    public Builder workgroup(String name) {
      this.workgroup = Objects.requireNonNull(name, "name");
      return this;
    }

    /** Keeps objects as files in this folder, for later lakes too, up to so many bytes. */
    public Builder cache(Path folder, long bytes) {
      this.cache = new Cache(Optional.of(folder), bytes);
      return this;
    }

    /** Keeps so many bytes of objects as temporary files; 10 GiB unless told otherwise. */
    public Builder cache(long bytes) {
      this.cache = new Cache(Optional.empty(), bytes);
      return this;
    }

    /** How long one attempt of a call may take; 60 s unless told otherwise. */
    public Builder callTimeout(Duration time) {
      this.limits = new Limits(time, limits.deadline(), limits.attempts(), limits.concurrency());
      return this;
    }

    /** How long a call may take with all of its attempts; 5 min unless told otherwise. */
    public Builder deadline(Duration time) {
      this.limits = new Limits(limits.callTimeout(), time, limits.attempts(), limits.concurrency());
      return this;
    }

    /** How often a call is tried; 6 times unless told otherwise. */
    public Builder attempts(int times) {
      this.limits =
          new Limits(limits.callTimeout(), limits.deadline(), times, limits.concurrency());
      return this;
    }

    /** How many calls may run at once; 64 unless told otherwise. */
    public Builder concurrency(int calls) {
      this.limits = new Limits(limits.callTimeout(), limits.deadline(), limits.attempts(), calls);
      return this;
    }

    /** Makes the HTTP client, which the lake then owns and closes. */
    public Builder httpClient(Supplier<SdkHttpClient> make) {
      this.http = Optional.of(make);
      return this;
    }

    /**
     * The settings.
     *
     * @throws InvalidDefinitionException naming the option that cannot be
     */
    public AwsSettings build() {
      if (oneBucket.isPresent() && !buckets.isEmpty()) {
        throw new InvalidDefinitionException(
            "use",
            Subject.option("oneBucket"),
            "zones were given buckets of their own too; leave out one of the two");
      }
      Layout layout =
          oneBucket
              .<Layout>map(Layout.OneBucket::new)
              .orElseGet(() -> new Layout.BucketPerZone(ImmutableMap.copyOf(buckets)));
      return AwsBackend.needing(
          AwsBackend.MODULES,
          () ->
              new AwsSettings(
                  region,
                  account.orElseThrow(
                      () ->
                          new InvalidDefinitionException(
                              "use",
                              Subject.option("account"),
                              "it is missing; add .account(\"acme-lake\")")),
                  accountId,
                  layout,
                  ImmutableMap.copyOf(keys),
                  role,
                  principalRoles,
                  credentials,
                  endpoint,
                  ImmutableMap.copyOf(endpoints),
                  addressing,
                  compute,
                  lakeFormation,
                  workgroup,
                  cache,
                  limits,
                  http));
    }
  }
}
