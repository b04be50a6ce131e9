package io.lakesdk.query;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3WorkbenchEmulatorIT extends WorkbenchContract {
  @Override
  Lake open() {
    return TestAws.lake();
  }
}
