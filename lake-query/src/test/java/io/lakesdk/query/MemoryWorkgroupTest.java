package io.lakesdk.query;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.util.function.Consumer;

class MemoryWorkgroupTest extends EmbeddedWorkgroupContract {

  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }
}
