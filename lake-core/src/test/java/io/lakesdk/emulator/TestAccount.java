package io.lakesdk.emulator;

import io.lakesdk.AwsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
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
  private final Set<String> left = new HashSet<>();
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

  /**
   * The account that the system properties name; empty for the emulator. What tests that clean
   * nothing leave is removed with the end of the JVM.
   */
  static Optional<TestAccount> named() {
    Optional<TestAccount> named = fromProperties();
    named.ifPresent(
        account -> Runtime.getRuntime().addShutdownHook(new Thread(account::clean, "clean")));
    return named;
  }

  private static Optional<TestAccount> fromProperties() {
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
    begin();
    AwsSettings.Builder settings =
        AwsSettings.region(region)
            .account(run + "-" + lakes.incrementAndGet())
            .credentials(credentials)
            .compute(AwsSettings.Compute.LOCAL)
            .lakeFormation(AwsSettings.LakeFormation.OFF)
            .callTimeout(Duration.ofSeconds(60));
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

  /** Removes everything that the tests of this JVM made; what cannot be removed is named once. */
  synchronized void clean() {
    if (!begun) {
      return; // nothing can be told from what others made
    }
    List<RuntimeException> failures = new ArrayList<>();
    try (S3Client s3 = client(S3Client.builder().forcePathStyle(endpoint.isPresent()))) {
      for (String bucket : buckets(s3)) {
        try {
          remove(s3, bucket);
        } catch (RuntimeException e) {
          left.add(bucket);
          failures.add(new IllegalStateException("Cannot remove bucket " + bucket, e));
        }
      }
    }
    try (GlueClient glue = client(GlueClient.builder())) {
      databases().forEach(database -> glue.deleteDatabase(request -> request.name(database)));
    }
    if (!failures.isEmpty()) {
      failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
      throw failures.get(0);
    }
  }

  private List<String> buckets(S3Client s3) {
    return s3.listBucketsPaginator(request -> request.prefix(run + "-")).buckets().stream()
        .map(Bucket::name)
        .filter(bucket -> bucket.startsWith(run + "-") && !left.contains(bucket))
        .toList();
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
    s3
        .listMultipartUploadsPaginator(r -> r.bucket(bucket).encodingType(EncodingType.URL))
        .uploads()
        .stream()
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
        s3.listObjectVersions(
            request -> request.bucket(bucket).maxKeys(PAGE).encodingType(EncodingType.URL));
    Map<Boolean, List<ObjectIdentifier>> found =
        Stream.concat(
                page.versions().stream()
                    .map(version -> version(version.key(), version.versionId())),
                page.deleteMarkers().stream()
                    .map(marker -> version(marker.key(), marker.versionId())))
            .collect(Collectors.partitioningBy(version -> fitsXml(version.key())));
    for (ObjectIdentifier odd : found.get(false)) {
      s3.deleteObject(r -> r.bucket(bucket).key(odd.key()).versionId(odd.versionId()));
    }
    List<ObjectIdentifier> plain = found.get(true);
    if (!plain.isEmpty()) {
      DeleteObjectsResponse removed =
          s3.deleteObjects(request -> request.bucket(bucket).delete(d -> d.objects(plain)));
      if (removed.hasErrors()) {
        throw new IllegalStateException("Some objects cannot be removed: " + removed.errors());
      }
    }
    return !plain.isEmpty() || !found.get(false).isEmpty();
  }

  private static ObjectIdentifier version(String key, String id) {
    return ObjectIdentifier.builder().key(key).versionId(id).build();
  }

  private static boolean fitsXml(String key) {
    return key.chars().noneMatch(c -> c < ' ' || c == 0xFFFE || c == 0xFFFF);
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
