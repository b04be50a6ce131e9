package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an object store promises holds also where a fifth of the calls meets a fault. */
@ExtendWith(TestAws.Fresh.class)
class FaultyObjectStoreEmulatorIT extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.faultyLake(with);
  }
}
