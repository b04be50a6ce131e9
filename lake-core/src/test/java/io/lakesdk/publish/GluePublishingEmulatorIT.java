package io.lakesdk.publish;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class GluePublishingEmulatorIT extends PublishingContract {

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.lake(with);
  }
}
