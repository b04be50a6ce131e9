package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3UploadEmulatorIT extends UploadContract {
  @Override
  protected Lake open() {
    return TestAws.lake();
  }
}
