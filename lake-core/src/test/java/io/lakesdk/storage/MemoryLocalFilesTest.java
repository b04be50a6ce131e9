package io.lakesdk.storage;

import io.lakesdk.Lake;

class MemoryLocalFilesTest extends LocalFilesContract {
  @Override
  protected Lake open() {
    return Lake.inMemory();
  }

  @Override
  protected boolean hasFolders() {
    return false;
  }
}
