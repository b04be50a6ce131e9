package io.lakesdk.process;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipelines publish once also where a fifth of the calls that leave for AWS meets a fault. */
@ExtendWith(TestAws.Fresh.class)
class FaultyProcessingEmulatorIT extends ProcessingContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.faultyLake(with);
  }
}
