package io.lakesdk.emulator;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * The AWS that tests run on: the emulator moto, or the account that system properties name, as
 * {@code docs/aws-account.md} says. Contracts join by {@code @ExtendWith(TestAws.Fresh.class)} and
 * {@code TestAws.lake(with)}.
 */
public final class TestAws {

  private static final double FAULTY_SHARE = 0.2;
  private static final int FAULTY_ATTEMPTS = 12;
  private static final long FAULTY_SEED = 20_260_301;
  private static final String WITHOUT_CONSTRAINT = "us-east-1";
  private static final AtomicLong LAKES = new AtomicLong();
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing"));

  private static final Optional<TestAccount> ACCOUNT = TestAccount.named();

  private TestAws() {}

  /** Lets every test find an AWS with nothing in it, and removes from an account what it made. */
  public static final class Fresh implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      ACCOUNT.ifPresentOrElse(TestAccount::begin, () -> Emulator.moto().reset());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      ACCOUNT.ifPresent(TestAccount::clean);
    }
  }

  /** Whether tests run on an account, which may be a real one. */
  public static boolean isAccount() {
    return ACCOUNT.isPresent();
  }

  /** Skips the test on an account, and says why. */
  public static void needsEmulator(String reason) {
    if (isAccount()) {
      System.out.println("SKIPPED on an account: the test needs " + reason);
      throw new TestAbortedException("needs " + reason);
    }
  }

  /** Settings of a lake of its own. */
  public static AwsSettings.Builder settings() {
    return ACCOUNT.map(TestAccount::settings).orElseGet(() -> settings(Emulator.moto().endpoint()));
  }

  /** Settings of a lake of its own at an endpoint. */
  public static AwsSettings.Builder settings(URI endpoint) {
    return AwsSettings.region("us-east-1")
        .account("lake-" + LAKES.incrementAndGet())
        .endpoint(endpoint)
        .pathStyle()
        .credentials(CREDENTIALS)
        .compute(AwsSettings.Compute.LOCAL)
        .lakeFormation(AwsSettings.LakeFormation.OFF)
        .callTimeout(Duration.ofSeconds(60));
  }

  /** Makes the buckets of these settings, without what provisioning adds. */
  public static void createBuckets(AwsSettings settings, Zone... more) {
    List<Zone> zones = new ArrayList<>(List.of(more));
    zones.addAll(List.of(Zone.RAW, Zone.CLEANED, Zone.CURATED, AwsBackend.METADATA));
    try (S3Client s3 = s3(settings)) {
      zones.stream()
          .map(settings::bucket)
          .distinct()
          .forEach(bucket -> create(s3, bucket, settings.region()));
    }
  }

  private static void create(S3Client s3, String bucket, String region) {
    s3.createBucket(
        request -> {
          request.bucket(bucket);
          if (!region.equals(WITHOUT_CONSTRAINT)) {
            request.createBucketConfiguration(c -> c.locationConstraint(region));
          }
        });
    s3.putBucketVersioning(
        request ->
            request
                .bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  private static S3Client s3(AwsSettings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.endpoint().isPresent())
            .credentialsProvider(settings.credentials().orElseThrow())
            .httpClientBuilder(ApacheHttpClient.builder());
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** A lake of its own with nothing in it. */
  public static Lake lake() {
    return lake(with -> {});
  }

  /** {@link #lake()} with options. */
  public static Lake lake(Consumer<LakeOptions> with) {
    AwsSettings settings = settings().build();
    createBuckets(settings);
    return Lake.onAws(settings, with);
  }

  /** Settings of a lake of its own, where a fifth of the calls that leave for AWS meets a fault. */
  public static AwsSettings.Builder faultySettings() {
    return settings()
        .attempts(FAULTY_ATTEMPTS)
        .httpClient(() -> new FaultyHttp(ApacheHttpClient.create(), FAULTY_SHARE, FAULTY_SEED));
  }

  /** A lake of {@link #faultySettings}. */
  public static Lake faultyLake(Consumer<LakeOptions> with) {
    AwsSettings settings = faultySettings().build();
    createBuckets(settings);
    return Lake.onAws(settings, with);
  }
}
