package io.lakesdk.query;

import io.lakesdk.Lake;

class MemoryPositionalParametersTest extends PositionalParametersContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }
}
