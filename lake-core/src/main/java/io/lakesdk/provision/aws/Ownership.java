package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** The bucket's owner owns every object, and there are no ACLs. */
record Ownership(BucketCalls calls) implements Part {

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.OWNERSHIP;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return Map.of("", ObjectOwnership.BUCKET_OWNER_ENFORCED.toString());
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    return calls
        .find(
            bucket,
            aspect(),
            "s3:GetBucketOwnershipControls",
            s3 ->
                s3.getBucketOwnershipControls(
                    request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
        .flatMap(found -> found.ownershipControls().rules().stream().findFirst())
        .map(rule -> Map.of("", rule.objectOwnershipAsString()))
        .orElse(Map.of());
  }

  @Override
  public void put(Bucket bucket) {
    OwnershipControlsRule rule =
        OwnershipControlsRule.builder()
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .build();
    calls.change(
        bucket,
        aspect(),
        "s3:PutBucketOwnershipControls",
        s3 ->
            s3.putBucketOwnershipControls(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .ownershipControls(controls -> controls.rules(rule))));
  }
}
