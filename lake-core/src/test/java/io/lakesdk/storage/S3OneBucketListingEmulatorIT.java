package io.lakesdk.storage;

import io.lakesdk.Lake;
import org.junit.jupiter.api.Test;

class S3OneBucketListingEmulatorIT extends ListingContract {
  @Override
  protected Lake open() {
    return S3Lakes.inOneBucket(S3Lakes.miniStack(), with -> {});
  }

  /** As {@link S3ListingEmulatorIT} has it. */
  @Override
  @Test
  void aPrefixThatWasListedIsNotListedAgain() {
    new S3ListingEmulatorIT().aPrefixThatWasListedIsNotListedAgain();
  }
}
