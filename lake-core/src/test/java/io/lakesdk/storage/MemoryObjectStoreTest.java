package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.util.function.Consumer;

class MemoryObjectStoreTest extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }
}
