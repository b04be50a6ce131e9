package io.lakesdk.query;

import io.lakesdk.Lake;

class MemoryBadFilesTest extends BadFilesContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }
}
