package io.lakesdk.query;

import io.lakesdk.Lake;

class MemoryWorkbenchTest extends WorkbenchContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }
}
