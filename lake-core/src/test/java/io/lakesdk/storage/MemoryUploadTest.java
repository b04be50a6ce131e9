package io.lakesdk.storage;

import io.lakesdk.Lake;

class MemoryUploadTest extends UploadContract {
  @Override
  protected Lake open() {
    return Lake.inMemory();
  }
}
