package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.Tag;

/** The tags that say whose bucket it is; those of others stay. */
record Tags(BucketCalls calls) implements Part {

  @Override
  public Change.Aspect aspect() {
    return Change.Aspect.TAG;
  }

  @Override
  public Map<String, String> wanted(Bucket bucket) {
    return bucket.tags();
  }

  @Override
  public Map<String, String> found(Bucket bucket) {
    Map<String, String> ours = new LinkedHashMap<>(all(bucket));
    ours.keySet().retainAll(bucket.tags().keySet());
    return ours;
  }

  private Map<String, String> all(Bucket bucket) {
    return calls
        .find(
            bucket,
            aspect(),
            "s3:GetBucketTagging",
            s3 ->
                s3.getBucketTagging(
                    request -> request.bucket(bucket.name()).expectedBucketOwner(calls.owner())))
        .map(
            found ->
                found.tagSet().stream()
                    .collect(
                        Collectors.toMap(
                            Tag::key, Tag::value, (a, b) -> b, LinkedHashMap<String, String>::new)))
        .orElseGet(LinkedHashMap::new);
  }

  @Override
  public void put(Bucket bucket) {
    Map<String, String> all = all(bucket);
    all.putAll(bucket.tags());
    List<Tag> tags =
        all.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    calls.change(
        bucket,
        aspect(),
        "s3:PutBucketTagging",
        s3 ->
            s3.putBucketTagging(
                request ->
                    request
                        .bucket(bucket.name())
                        .expectedBucketOwner(calls.owner())
                        .tagging(tagging -> tagging.tagSet(tags))));
  }
}
