package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3ObjectStoreEmulatorIT extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.lake(with);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  @Override
  protected Duration tolerance() {
    return Duration.ofSeconds(5);
  }
}
