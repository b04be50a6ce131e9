package io.lakesdk.query;

import io.lakesdk.Lake;

class MemoryQueryEngineTest extends QueryEngineContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }
}
