package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract where a fifth of the requests fails, before or after S3 did what they ask. */
@ExtendWith(TestAws.Fresh.class)
class S3FaultyEmulatorIT extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return TestAws.faultyLake(with);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  /** Some calls take seconds. */
  @Override
  protected Duration tolerance() {
    return Duration.ofSeconds(30);
  }

  @Override
  protected boolean takes(String key) {
    return !key.startsWith("..") && !key.equals("a/../../x") && !key.contains("\n");
  }
}
