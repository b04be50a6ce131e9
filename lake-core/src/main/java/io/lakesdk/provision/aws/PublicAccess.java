package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.Map;
import java.util.StringJoiner;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** Nothing in a bucket can be made public, by ACL or by policy. */
record PublicAccess(BucketCalls calls) implements Part {

  private static final String ALL = "all public access";

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.PUBLIC_ACCESS_BLOCK;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return Map.of("", ALL);
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    return calls
        .find(
            bucket,
            aspect(),
            "s3:GetBucketPublicAccessBlock",
            s3 ->
                s3.getPublicAccessBlock(
                    request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
        .map(found -> Map.of("", words(found.publicAccessBlockConfiguration())))
        .orElse(Map.of());
  }

  private static String words(PublicAccessBlockConfiguration found) {
    StringJoiner off = new StringJoiner(", ", "without ", "").setEmptyValue(ALL);
    add(off, found.blockPublicAcls(), "BlockPublicAcls");
    add(off, found.ignorePublicAcls(), "IgnorePublicAcls");
    add(off, found.blockPublicPolicy(), "BlockPublicPolicy");
    add(off, found.restrictPublicBuckets(), "RestrictPublicBuckets");
    return off.toString();
  }

  private static void add(StringJoiner off, Boolean on, String name) {
    if (!Boolean.TRUE.equals(on)) {
      off.add(name);
    }
  }

  @Override
  public void put(Bucket bucket) {
    calls.change(
        bucket,
        aspect(),
        "s3:PutBucketPublicAccessBlock",
        s3 ->
            s3.putPublicAccessBlock(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .publicAccessBlockConfiguration(
                            block ->
                                block
                                    .blockPublicAcls(true)
                                    .ignorePublicAcls(true)
                                    .blockPublicPolicy(true)
                                    .restrictPublicBuckets(true))));
  }
}
