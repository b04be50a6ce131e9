package io.lakesdk.security.embedded;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.security.SecurityContract;
import java.util.function.Consumer;

class MemorySecurityTest extends SecurityContract {

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}
