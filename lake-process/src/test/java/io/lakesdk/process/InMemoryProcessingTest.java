package io.lakesdk.process;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.util.function.Consumer;

class InMemoryProcessingTest extends ProcessingContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }
}
