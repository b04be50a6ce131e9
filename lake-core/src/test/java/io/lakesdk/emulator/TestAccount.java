package io.lakesdk.emulator;

import io.lakesdk.AwsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * An account of AWS that tests run on, named by the system properties {@code lake.aws.account}
 * (what the names of buckets start with) and {@code lake.aws.region}; {@code lake.aws.endpoint}
 * takes an emulator for one. What tests make is told from everything else by a name that this JVM
 * made up, and is removed after each test. Databases of Glue have no such name, so the region must
 * have none when the tests begin.
 */
final class TestAccount {

  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{1,14}[a-z0-9]");
  private static final String ALWAYS_THERE = "default";
  private static final int PAGE = 1000;

  private final String region;
  private final Optional<URI> endpoint;
  private final AwsCredentialsProvider credentials;
  private final String run;
  private final AtomicLong lakes = new AtomicLong();
  private boolean begun;

  TestAccount(String prefix, String region, Optional<URI> endpoint) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "lake.aws.account has 3 to 16 lower-case letters, digits and hyphens, and starts with a"
              + " letter");
    }
    this.region = region;
    this.endpoint = endpoint;
    this.credentials =
        endpoint.isPresent() ? TestAws.CREDENTIALS : DefaultCredentialsProvider.builder().build();
    this.run = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The account that the system properties name; empty for the emulator. */
  static Optional<TestAccount> named() {
    return Optional.ofNullable(System.getProperty("lake.aws.account"))
        .filter(prefix -> !prefix.isBlank())
        .map(
            prefix ->
                new TestAccount(
                    prefix,
                    Optional.ofNullable(System.getProperty("lake.aws.region"))
                        .orElseThrow(
                            () -> new IllegalArgumentException("lake.aws.region is missing")),
                    Optional.ofNullable(System.getProperty("lake.aws.endpoint"))
                        .filter(uri -> !uri.isBlank())
                        .map(URI::create)));
  }

  /** What the names of everything start with that this JVM makes. */
  String run() {
    return run;
  }

  /** Settings of a lake of its own. */
  AwsSettings.Builder settings() {
    AwsSettings.Builder settings =
        AwsSettings.region(region)
            .account(run + "-" + lakes.incrementAndGet())
            .credentials(credentials)
            .compute(AwsSettings.Compute.LOCAL)
            .lakeFormation(AwsSettings.LakeFormation.OFF)
            .callTimeout(Duration.ofSeconds(20));
    endpoint.ifPresent(uri -> settings.endpoint(uri).pathStyle());
    return settings;
  }

  /** Looks, the first time, whether what the tests make can be told from what is there. */
  synchronized void begin() {
    if (begun) {
      return;
    }
    List<String> databases = databases();
    if (!databases.isEmpty()) {
      throw new IllegalStateException(
          "Tests make and remove databases of Glue, and "
              + region
              + " has some already: "
              + String.join(", ", databases)
              + "; run them in a region without any");
    }
    System.out.println(
        "Tests run on AWS in "
            + region
            + " as "
            + run
            + "; if they are killed, buckets whose names start so, and databases, are left");
    begun = true;
  }

  /** Removes everything that the tests of this JVM made. */
  synchronized void clean() {
    if (!begun) {
      return; // nothing can be told from what others made
    }
    try (S3Client s3 = client(S3Client.builder().forcePathStyle(endpoint.isPresent()))) {
      s3.listBucketsPaginator(request -> request.prefix(run + "-")).buckets().stream()
          .map(bucket -> bucket.name())
          .filter(bucket -> bucket.startsWith(run + "-"))
          .toList()
          .forEach(bucket -> remove(s3, bucket));
    }
    try (GlueClient glue = client(GlueClient.builder())) {
      databases().forEach(database -> glue.deleteDatabase(request -> request.name(database)));
    }
  }

  private List<String> databases() {
    try (GlueClient glue = client(GlueClient.builder())) {
      return glue.getDatabasesPaginator(request -> {}).stream()
          .flatMap(page -> page.databaseList().stream())
          .map(Database::name)
          .filter(name -> !name.equals(ALWAYS_THERE))
          .toList();
    }
  }

  private static void remove(S3Client s3, String bucket) {
    s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
        .toList()
        .forEach(
            upload ->
                s3.abortMultipartUpload(
                    request ->
                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    while (removeSome(s3, bucket)) {
      // a page of versions at a time
    }
    s3.deleteBucket(request -> request.bucket(bucket));
  }

  private static boolean removeSome(S3Client s3, String bucket) {
    ListObjectVersionsResponse page =
        s3.listObjectVersions(request -> request.bucket(bucket).maxKeys(PAGE));
    List<ObjectIdentifier> found =
        Stream.concat(
                page.versions().stream()
                    .map(v -> ObjectIdentifier.builder().key(v.key()).versionId(v.versionId())),
                page.deleteMarkers().stream()
                    .map(v -> ObjectIdentifier.builder().key(v.key()).versionId(v.versionId())))
            .map(ObjectIdentifier.Builder::build)
            .toList();
    if (found.isEmpty()) {
      return false;
    }
    DeleteObjectsResponse removed =
        s3.deleteObjects(request -> request.bucket(bucket).delete(d -> d.objects(found)));
    if (removed.hasErrors()) {
      throw new IllegalStateException("Cannot empty bucket " + bucket + ": " + removed.errors());
    }
    return true;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .httpClientBuilder(ApacheHttpClient.builder());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
