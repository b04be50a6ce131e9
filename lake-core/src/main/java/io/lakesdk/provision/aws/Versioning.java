package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Every bucket has versions. */
record Versioning(BucketCalls calls) implements Part {

  private static final String ON = "on";

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.VERSIONING;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return Map.of("", ON);
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    return calls
        .find(
            bucket,
            aspect(),
            "s3:GetBucketVersioning",
            s3 ->
                s3.getBucketVersioning(
                    request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
        .filter(found -> found.status() != null)
        .map(
            found -> found.status() == BucketVersioningStatus.ENABLED ? ON : found.statusAsString())
        .map(words -> Map.of("", words))
        .orElse(Map.of());
  }

  @Override
  public void put(Bucket bucket) {
    calls.change(
        bucket,
        aspect(),
        "s3:PutBucketVersioning",
        s3 ->
            s3.putBucketVersioning(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))));
  }
}
