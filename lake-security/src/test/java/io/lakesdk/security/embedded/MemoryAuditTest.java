package io.lakesdk.security.embedded;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.security.AuditContract;
import java.util.function.Consumer;

class MemoryAuditTest extends AuditContract {

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}
