package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3LocalFilesEmulatorIT extends LocalFilesContract {
  @Override
  protected Lake open() {
    return TestAws.lake();
  }

  @Override
  protected boolean hasFolders() {
    return true;
  }

  @Override
  protected String oddKey() {
    return "a/../odd key";
  }

  @Override
  protected Duration tolerance() {
    return Duration.ofSeconds(5);
  }
}
