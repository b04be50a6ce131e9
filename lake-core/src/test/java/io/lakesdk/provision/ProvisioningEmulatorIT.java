package io.lakesdk.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.KeyId;
import io.lakesdk.Lake;
import io.lakesdk.StorageClass;
import io.lakesdk.Zone;
import io.lakesdk.ZoneSettings;
import io.lakesdk.emulator.FaultyHttp;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.provision.Change.Aspect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

@ExtendWith(TestAws.Fresh.class)
class ProvisioningEmulatorIT extends ProvisioningContract {

  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  @Override
  protected Lake open() {
    return Lake.onAws(TestAws.settings().build());
  }

  /** A lake for which an emulator is behind TLS, so that policies are provisioned. */
  private static Lake withTls() {
    AwsSettings.Builder settings = TestAws.settings();
    settings
        .build()
        .endpoint()
        .ifPresent(
            plain ->
                settings
                    .endpoint(URI.create("https://" + plain.getHost() + ":" + plain.getPort()))
                    .httpClient(TlsToEmulator::new));
    return Lake.onAws(settings.build());
  }

  private static AwsSettings oneBucket() {
    AwsSettings.Builder settings = TestAws.settings();
    return settings.oneBucket(settings.build().account() + "-everything").build();
  }

  private static S3Client s3(Lake lake) {
    return ((AwsBackend) lake.backend()).connection().client(AwsService.S3, S3Client.builder());
  }

  private static KmsClient kms(Lake lake) {
    return ((AwsBackend) lake.backend()).connection().client(AwsService.KMS, KmsClient.builder());
  }

  private static AwsSettings settings(Lake lake) {
    return ((AwsBackend) lake.backend()).settings();
  }

  private static String raw(Lake lake) {
    return settings(lake).bucket(Zone.RAW);
  }

  private static Plan provision(Lake lake, ZoneSettings... zones) {
    Provisioning provisioning = Provisioning.of(lake);
    Plan plan = provisioning.plan(zones);
    provisioning.apply(plan);
    assertThat(provisioning.plan(zones).changes()).isEmpty();
    return plan;
  }

  private static List<String> words(Plan plan) {
    return plan.changes().stream().map(Change::toString).toList();
  }

  @Test
  void aPlanSaysInWordsWhatANewZoneGets() {
    try (Lake lake = withTls()) {
      String account = settings(lake).account();
      ZoneSettings raw =
          Zone.RAW
              .moveTo(StorageClass.STANDARD_IA)
              .after(Duration.ofDays(30))
              .moveTo(StorageClass.GLACIER)
              .after(Duration.ofDays(90))
              .expireAfter(TEN_YEARS);

      Plan plan = provision(lake, raw);

      String bucket = raw(lake);
      assertThat(words(plan))
          .startsWith(
              "create bucket " + bucket + " in " + settings(lake).region(),
              "add tag lake to bucket " + bucket + ": " + account,
              "add tag zone to bucket " + bucket + ": raw",
              "set public access block of bucket " + bucket + " to: all public access",
              "set object ownership of bucket " + bucket + " to: BucketOwnerEnforced",
              "set default encryption of bucket " + bucket + " to: SSE-S3",
              "set versioning of bucket " + bucket + " to: on",
              "add policy statement LakeTlsOnly to bucket "
                  + bucket
                  + ": calls without TLS are refused",
              "add lifecycle rule lake-raw-uploads to bucket "
                  + bucket
                  + ": unfinished uploads are given up after 7 days",
              "add lifecycle rule lake-raw-tiers to bucket "
                  + bucket
                  + ": objects move to STANDARD_IA after 30 days, objects move to GLACIER after 90"
                  + " days",
              "add lifecycle rule lake-raw-expiry to bucket "
                  + bucket
                  + ": objects are deleted after 3650 days")
          .contains(
              "create bucket " + account + "-lake-metadata in " + settings(lake).region(),
              "add lifecycle rule lake-lake-metadata-old-versions to bucket "
                  + account
                  + "-lake-metadata: delete markers of nothing are deleted, old versions are"
                  + " deleted after 30 days",
              "add lifecycle rule lake-lake-metadata-results to bucket "
                  + account
                  + "-lake-metadata: objects are deleted after 8 days, old versions are deleted"
                  + " after 1 day, below athena/");
      assertThat(plan.toString().lines()).hasSize(plan.changes().size());
    }
  }

  @Test
  void zonesOfOneBucketHaveRulesByPrefix() {
    AwsSettings settings = oneBucket();
    String bucket = settings.bucket(Zone.RAW);
    try (Lake lake = Lake.onAws(settings)) {
      ZoneSettings raw = Zone.RAW.expireAfter(TEN_YEARS);

      Plan plan = provision(lake, raw, ZoneSettings.of(Zone.CLEANED));

      assertThat(words(plan))
          .startsWith("create bucket " + bucket + " in " + settings.region())
          .contains(
              "add lifecycle rule lake-raw-expiry to bucket "
                  + bucket
                  + ": objects are deleted after 3650 days, below raw/",
              "add lifecycle rule lake-cleaned-uploads to bucket "
                  + bucket
                  + ": unfinished uploads are given up after 7 days, below cleaned/")
          .contains(
              "add lifecycle rule lake-lake-metadata-results to bucket "
                  + bucket
                  + ": objects are deleted after 8 days, old versions are deleted after 1 day,"
                  + " below lake-metadata/athena/")
          .doesNotContain("add tag zone to bucket " + bucket + ": raw");
    }
  }

  @Test
  void aZoneThatIsNotNamedIsLeftAlone() {
    AwsSettings settings = oneBucket();
    try (Lake lake = Lake.onAws(settings)) {
      provision(lake, Zone.RAW.expireAfter(TEN_YEARS));

      Plan plan = Provisioning.of(lake).plan(ZoneSettings.of(Zone.CLEANED));

      assertThat(words(plan))
          .containsExactly(
              "add lifecycle rule lake-cleaned-uploads to bucket "
                  + settings.bucket(Zone.RAW)
                  + ": unfinished uploads are given up after 7 days, below cleaned/");
    }
  }

  @Nested
  class Drift {

    @Test
    void isShownFromWhatIsToWhatShallBe() {
      try (Lake lake = open()) {
        provision(lake, Zone.RAW.expireAfter(TEN_YEARS));
        String bucket = raw(lake);
        s3(lake)
            .putBucketVersioning(
                r ->
                    r.bucket(bucket)
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));
        s3(lake)
            .putPublicAccessBlock(
                r ->
                    r.bucket(bucket)
                        .publicAccessBlockConfiguration(
                            b -> b.blockPublicAcls(true).ignorePublicAcls(true)));
        s3(lake)
            .putBucketTagging(
                r ->
                    r.bucket(bucket)
                        .tagging(
                            t ->
                                t.tagSet(
                                    Tag.builder().key("lake").value("else").build(),
                                    Tag.builder().key("team").value("data").build())));

        Plan plan = provision(lake, Zone.RAW.expireAfter(Duration.ofDays(100)));

        assertThat(words(plan))
            .containsExactly(
                "change tag lake of bucket "
                    + bucket
                    + " from: else, to: "
                    + settings(lake).account(),
                "add tag zone to bucket " + bucket + ": raw",
                "change public access block of bucket "
                    + bucket
                    + " from: without BlockPublicPolicy, RestrictPublicBuckets, to: all public"
                    + " access",
                "change versioning of bucket " + bucket + " from: Suspended, to: on",
                "change lifecycle rule lake-raw-expiry of bucket "
                    + bucket
                    + " from: objects are deleted after 3650 days, to: objects are deleted after 100"
                    + " days");
        assertThat(s3(lake).getBucketTagging(r -> r.bucket(bucket)).tagSet())
            .contains(Tag.builder().key("team").value("data").build());
      }
    }

    @Test
    void resultsThatWouldStayForEverAreShown() {
      try (Lake lake = open()) {
        provision(lake, ZoneSettings.of(Zone.RAW));
        String bucket = settings(lake).bucket(AwsBackend.METADATA);
        List<LifecycleRule> others =
            s3(lake).getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules().stream()
                .filter(rule -> !rule.id().equals("lake-lake-metadata-results"))
                .toList();
        s3(lake)
            .putBucketLifecycleConfiguration(
                r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(others)));

        Plan plan = provision(lake, ZoneSettings.of(Zone.RAW));

        assertThat(words(plan))
            .containsExactly(
                "add lifecycle rule lake-lake-metadata-results to bucket "
                    + bucket
                    + ": objects are deleted after 8 days, old versions are deleted after 1 day,"
                    + " below athena/");
        assertThat(Provisioning.of(lake).plan(ZoneSettings.of(Zone.RAW)).isEmpty()).isTrue();
      }
    }

    @Test
    void whatAZoneNoLongerHasIsRemovedByName() {
      try (Lake lake = open()) {
        provision(lake, Zone.RAW.expireAfter(TEN_YEARS));

        Plan plan = provision(lake, ZoneSettings.of(Zone.RAW));

        assertThat(words(plan))
            .containsExactly(
                "remove lifecycle rule lake-raw-expiry from bucket "
                    + raw(lake)
                    + ", which is: objects are deleted after 3650 days");
      }
    }

    @Test
    void aPlanThatIsOutOfDateIsRefusedAndDoesNothing() {
      try (Lake lake = open()) {
        provision(lake, ZoneSettings.of(Zone.RAW));
        Provisioning provisioning = Provisioning.of(lake);
        Plan plan = provisioning.plan(Zone.RAW.expireAfter(TEN_YEARS));
        s3(lake)
            .putBucketVersioning(
                r ->
                    r.bucket(raw(lake))
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));

        assertThatThrownBy(() -> provisioning.apply(plan))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "Cannot provision lake "
                    + settings(lake)
                    + ": the versioning of bucket "
                    + raw(lake)
                    + " changed since it was planned; plan again");

        assertThat(words(provisioning.plan(Zone.RAW.expireAfter(TEN_YEARS)))).hasSize(2);
      }
    }

    @Test
    void aPlanIsAppliedOnce() {
      try (Lake lake = open()) {
        Plan plan = provision(lake, ZoneSettings.of(Zone.RAW));

        assertThatThrownBy(() -> Provisioning.of(lake).apply(plan))
            .isInstanceOf(ConflictException.class)
            .hasMessageEndingWith(
                ": bucket " + raw(lake) + " changed since it was planned; plan again");
      }
    }
  }

  @Nested
  class BucketsThatExist {

    @Test
    void oursIsAdoptedAndWhatOthersSetOnItIsKept() {
      try (Lake lake = withTls()) {
        String bucket = raw(lake);
        s3(lake).createBucket(r -> r.bucket(bucket));
        LifecycleRule others =
            LifecycleRule.builder()
                .id("logs")
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.prefix("logs/"))
                .expiration(e -> e.days(3))
                .build();
        s3(lake)
            .putBucketLifecycleConfiguration(
                r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(others)));
        String statement =
            "{\"Sid\":\"Others\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"arn:aws:iam::123456789012:root\"},\"Action\":\"s3:GetObject\",\"Resource\":"
                + "\"arn:aws:s3:::"
                + bucket
                + "/*\"}";
        s3(lake)
            .putBucketPolicy(
                r ->
                    r.bucket(bucket)
                        .policy("{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}"));

        Plan plan = provision(lake, ZoneSettings.of(Zone.RAW));

        assertThat(plan.changes())
            .filteredOn(change -> change.bucket().equals(bucket))
            .extracting(Change::aspect)
            .doesNotContain(Aspect.BUCKET)
            .contains(Aspect.LIFECYCLE, Aspect.POLICY);
        assertThat(s3(lake).getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules())
            .extracting(LifecycleRule::id)
            .containsExactly("logs", "lake-raw-uploads");
        assertThat(s3(lake).getBucketPolicy(r -> r.bucket(bucket)).policy())
            .contains(statement)
            .contains("\"Bool\":{\"aws:SecureTransport\":\"false\"}");
      }
    }

    @Test
    void oneInAnotherRegionIsRefusedWithBothRegions() {
      TestAws.needsEmulator("a bucket in a second region");
      AwsSettings.Builder settings = TestAws.settings();
      try (Lake there = Lake.onAws(settings.build())) {
        s3(there)
            .createBucket(
                r ->
                    r.bucket("acme-elsewhere")
                        .createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
      }
      try (Lake lake = Lake.onAws(settings.bucket(Zone.RAW, "acme-elsewhere").build())) {
        assertThatThrownBy(() -> Provisioning.of(lake).plan())
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot use bucket acme-elsewhere: it is in eu-west-1 and the lake in us-east-1;"
                    + " open the lake there, or name another bucket with"
                    + " AwsSettings...bucket(zone, name)");
      }
    }

    @Test
    void anAbsentOneIsFoundByTheCheck() {
      try (Lake lake = open()) {
        assertThatThrownBy(() -> Provisioning.of(lake).check())
            .isInstanceOf(NotFoundException.class)
            .hasMessage(
                "Cannot use bucket "
                    + raw(lake)
                    + ": it does not exist; make it with Provisioning.of(lake)");
      }
    }
  }

  @Nested
  class KeysOfKms {

    @BeforeEach
    void keysCannotBeRemovedAtOnce() {
      TestAws.needsEmulator("KMS keys, which cannot be removed at once");
    }

    private String key(Lake lake) {
      String id = kms(lake).createKey().keyMetadata().keyId();
      kms(lake).createAlias(r -> r.aliasName("alias/lake-raw").targetKeyId(id));
      return id;
    }

    @Test
    void theDefaultEncryptionOfAZoneIsItsKey() {
      try (Lake lake = open()) {
        String id = key(lake);
        ZoneSettings raw = Zone.RAW.encryptedWith(KeyId.of("lake-raw"));

        Plan plan = provision(lake, raw);

        assertThat(words(plan))
            .contains(
                "set default encryption of bucket "
                    + raw(lake)
                    + " to: SSE-KMS with key arn:aws:kms:us-east-1:123456789012:key/"
                    + id
                    + ", bucket keys");
        assertThat(
                s3(lake)
                    .getBucketEncryption(r -> r.bucket(raw(lake)))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .get(0)
                    .bucketKeyEnabled())
            .isTrue();
        Provisioning.of(lake).check(raw);
      }
    }

    @Test
    void aKeyThatTheSettingsNameIsUsedToo() {
      AwsSettings settings = TestAws.settings().encryptedWith(Zone.RAW, "lake-raw").build();
      try (Lake lake = Lake.onAws(settings)) {
        key(lake);

        Plan plan = provision(lake, ZoneSettings.of(Zone.RAW));

        assertThat(plan.toString()).contains("SSE-KMS with key arn:aws:kms:");
        assertThatThrownBy(
                () ->
                    Provisioning.of(lake)
                        .plan(Zone.RAW.encryptedWith(KeyId.of("alias/lake-other"))))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot provision zone raw: it is described with key alias/lake-other, and"
                    + " AwsSettings name alias/lake-raw; leave out one of the two");
      }
    }

    @Test
    void aBucketThatNamesTheSameKeyByItsIdIsInShape() {
      try (Lake lake = open()) {
        String id = key(lake);
        ZoneSettings raw = Zone.RAW.encryptedWith(KeyId.of("lake-raw"));
        provision(lake, raw);
        ServerSideEncryptionRule byId =
            ServerSideEncryptionRule.builder()
                .bucketKeyEnabled(true)
                .applyServerSideEncryptionByDefault(
                    d -> d.sseAlgorithm("aws:kms").kmsMasterKeyID(id))
                .build();
        s3(lake)
            .putBucketEncryption(
                r -> r.bucket(raw(lake)).serverSideEncryptionConfiguration(c -> c.rules(byId)));

        assertThat(Provisioning.of(lake).plan(raw).changes()).isEmpty();
      }
    }

    @Test
    void oneThatIsAbsentDisabledOrOnItsWayOutIsRefused() {
      try (Lake lake = open()) {
        Provisioning provisioning = Provisioning.of(lake);
        ZoneSettings raw = Zone.RAW.encryptedWith(KeyId.of("lake-raw"));

        assertThatThrownBy(() -> provisioning.check(raw))
            .isInstanceOf(NotFoundException.class)
            .hasMessage(
                "Cannot use key alias/lake-raw: there is no such key in us-east-1; make it, or name"
                    + " one that exists");

        String id = key(lake);
        kms(lake).disableKey(r -> r.keyId(id));
        assertThatThrownBy(() -> provisioning.check(raw))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "Cannot use key alias/lake-raw: it is disabled; enable it, or name another key");

        kms(lake).scheduleKeyDeletion(r -> r.keyId(id));
        assertThatThrownBy(() -> provisioning.check(raw))
            .isInstanceOf(UnavailableException.class)
            .hasMessage(
                "Cannot use key alias/lake-raw: it is about to be deleted; cancel its deletion, or"
                    + " name another key");
      }
    }

    @Test
    void oneThatCannotEncryptObjectsIsRefused() {
      try (Lake lake = open()) {
        String id =
            kms(lake)
                .createKey(r -> r.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.ENCRYPT_DECRYPT))
                .keyMetadata()
                .keyId();

        assertThatThrownBy(() -> Provisioning.of(lake).plan(Zone.RAW.encryptedWith(KeyId.of(id))))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot use key "
                    + id
                    + ": it is a key of type RSA_2048, and S3 takes symmetric ones only");
      }
    }

    @Test
    void oneInAnotherRegionIsRefused() {
      KeyId key = KeyId.of("arn:aws:kms:eu-west-1:123456789012:alias/lake-raw");
      try (Lake lake = open()) {
        assertThatThrownBy(() -> Provisioning.of(lake).plan(Zone.RAW.encryptedWith(key)))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot use key "
                    + key
                    + ": it is in eu-west-1 and the lake in us-east-1; S3 takes keys of its own"
                    + " region only");
      }
    }

    @Test
    void zonesOfOneBucketHaveOneKey() {
      AwsSettings settings = oneBucket();
      try (Lake lake = Lake.onAws(settings)) {
        assertThatThrownBy(
                () ->
                    Provisioning.of(lake)
                        .plan(
                            Zone.RAW.encryptedWith(KeyId.of("one")),
                            Zone.CLEANED.encryptedWith(KeyId.of("other"))))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot provision bucket "
                    + settings.bucket(Zone.RAW)
                    + ": its zones have different keys, and a"
                    + " bucket has one default; give them the same, or buckets of their own");
      }
    }
  }

  @Test
  void aZoneDescribedTwiceIsRefused() {
    try (Lake lake = open()) {
      assertThatThrownBy(
              () ->
                  Provisioning.of(lake)
                      .plan(ZoneSettings.of(Zone.RAW), Zone.RAW.expireAfter(TEN_YEARS)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage("Cannot provision zone raw: it is described twice");
    }
  }

  @Test
  void faultsOnTheWayToAwsChangeNothing() {
    FaultyHttp http = new FaultyHttp(ApacheHttpClient.create(), 0.2, 20_261_124);
    AwsSettings settings = TestAws.settings().attempts(12).httpClient(() -> http).build();
    try (Lake lake = Lake.onAws(settings)) {
      provision(lake, Zone.RAW.expireAfter(TEN_YEARS));

      assertThat(http.happened(FaultyHttp.Fault.CUT_AFTER_REQUEST)).isPositive();
    }
  }
}
