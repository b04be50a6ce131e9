package io.lakesdk.provision.aws;

import io.lakesdk.provision.Change;
import java.util.Map;

/**
 * One setting of a bucket. What is there and what shall be are words by the item that they are
 * about, or by an empty text where a bucket has one of it only; what belongs to others is not among
 * them.
 */
interface Part {

  Change.Aspect aspect();

  /** What shall be. */
  Map<String, String> wanted(Bucket bucket);

  /** What there is, in a bucket that exists. */
  Map<String, String> found(Bucket bucket);

  /** Makes it so, and keeps what belongs to others. */
  void put(Bucket bucket);
}
