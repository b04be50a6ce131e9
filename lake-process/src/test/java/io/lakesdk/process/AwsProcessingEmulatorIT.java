package io.lakesdk.process;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipelines of this process over S3 and Glue. */
@ExtendWith(TestAws.Fresh.class)
class AwsProcessingEmulatorIT extends ProcessingContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.lake(with);
  }
}
