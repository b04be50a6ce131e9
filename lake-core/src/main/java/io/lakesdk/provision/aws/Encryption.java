package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** How objects are encrypted that say nothing themselves. */
record Encryption(BucketCalls calls, Keys keys) implements Part {

  private static final String S3_KEYS = "SSE-S3";

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.ENCRYPTION;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return Map.of(
        "", bucket.key().map(key -> "SSE-KMS with key " + key + ", bucket keys").orElse(S3_KEYS));
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    return calls
        .find(
            bucket,
            aspect(),
            "s3:GetEncryptionConfiguration",
            s3 ->
                s3.getBucketEncryption(
                    request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
        .flatMap(found -> found.serverSideEncryptionConfiguration().rules().stream().findFirst())
        .map(rule -> Map.of("", words(bucket, rule)))
        .orElse(Map.of());
  }

  private String words(Bucket bucket, ServerSideEncryptionRule rule) {
    ServerSideEncryptionByDefault found = rule.applyServerSideEncryptionByDefault();
    if (found == null) {
      return "none";
    }
    if (found.sseAlgorithm() == ServerSideEncryption.AES256) {
      return S3_KEYS;
    }
    String name =
        found.sseAlgorithm() == ServerSideEncryption.AWS_KMS
            ? "SSE-KMS"
            : found.sseAlgorithmAsString();
    String key =
        Optional.ofNullable(found.kmsMasterKeyID())
            .map(id -> " with key " + keys.comparable(id, bucket.key()))
            .orElse(" with the account's key of S3");
    boolean bucketKeys = Boolean.TRUE.equals(rule.bucketKeyEnabled());
    return name + key + (bucketKeys ? ", bucket keys" : ", no bucket keys");
  }

  @Override
  public void put(Bucket bucket) {
    ServerSideEncryptionByDefault.Builder byDefault = ServerSideEncryptionByDefault.builder();
    bucket
        .key()
        .ifPresentOrElse(
            key -> byDefault.sseAlgorithm(ServerSideEncryption.AWS_KMS).kmsMasterKeyID(key),
            () -> byDefault.sseAlgorithm(ServerSideEncryption.AES256));
    ServerSideEncryptionRule rule =
        ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(byDefault.build())
            .bucketKeyEnabled(bucket.key().isPresent())
            .build();
    calls.change(
        bucket,
        aspect(),
        "s3:PutEncryptionConfiguration",
        s3 ->
            s3.putBucketEncryption(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .serverSideEncryptionConfiguration(c -> c.rules(rule))));
  }
}
