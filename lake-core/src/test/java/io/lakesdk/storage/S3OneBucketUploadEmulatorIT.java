package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3OneBucketUploadEmulatorIT extends UploadContract {
  @Override
  protected Lake open() {
    return S3Lakes.inOneBucket(TestAws.settings(), with -> {});
  }
}
