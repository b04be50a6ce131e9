package io.lakesdk.security.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.security.SecurityContract;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class LakeFormationSecurityEmulatorIT extends SecurityContract {

  private final AwsSettings settings = TestAws.settings().build();

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    TestAws.createBuckets(settings);
    return Lake.onAws(settings, with);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }
}
