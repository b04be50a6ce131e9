package io.lakesdk.storage;

import io.lakesdk.Lake;

class MemoryListingTest extends ListingContract {
  @Override
  protected Lake open() {
    return Lake.inMemory();
  }
}
