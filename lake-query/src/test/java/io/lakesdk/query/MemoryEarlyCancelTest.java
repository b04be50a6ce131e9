package io.lakesdk.query;

import io.lakesdk.Lake;

class MemoryEarlyCancelTest extends EarlyCancelContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }
}
