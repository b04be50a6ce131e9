package io.lakesdk.provision;

import java.util.Optional;

/**
 * One change of a bucket, in words.
 *
 * @param bucket its name
 * @param aspect what of it changes
 * @param item which one, where a bucket has several: the id of a rule or a statement, the key of a
 *     tag; otherwise empty
 * @param from how it is; empty if there is none yet
 * @param to how it will be; empty if it is removed
 */
public record Change(
    String bucket, Aspect aspect, String item, Optional<String> from, Optional<String> to) {

  /** What a bucket has. */
  public enum Aspect {
    /** The bucket itself. */
    BUCKET("bucket"),
    TAG("tag"),
    PUBLIC_ACCESS_BLOCK("public access block"),
    OWNERSHIP("object ownership"),
    ENCRYPTION("default encryption"),
    VERSIONING("versioning"),
    POLICY("policy statement"),
    LIFECYCLE("lifecycle rule"),
    TIERING("intelligent tiering configuration");

    private final String words;

    Aspect(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  @Override
  public String toString() {
    if (aspect == Aspect.BUCKET) {
      return "create bucket " + bucket + " " + to.orElse("");
    }
    String what = item.isEmpty() ? aspect.toString() : aspect + " " + item;
    if (to.isEmpty()) {
      return "remove " + what + " from bucket " + bucket + ", which is: " + from.orElse("");
    }
    if (from.isPresent()) {
      return "change "
          + what
          + " of bucket "
          + bucket
          + " from: "
          + from.get()
          + ", to: "
          + to.get();
    }
    return item.isEmpty()
        ? "set " + what + " of bucket " + bucket + " to: " + to.get()
        : "add " + what + " to bucket " + bucket + ": " + to.get();
  }
}
