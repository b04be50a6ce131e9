package io.lakesdk.publish;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.util.function.Consumer;

class MemoryPublishingTest extends PublishingContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }
}
