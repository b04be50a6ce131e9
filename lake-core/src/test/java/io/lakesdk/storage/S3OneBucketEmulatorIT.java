package io.lakesdk.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class S3OneBucketEmulatorIT extends ObjectStoreContract {
  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return S3Lakes.inOneBucket(TestAws.settings(), with);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }

  @Override
  protected Duration tolerance() {
    return Duration.ofSeconds(5);
  }

  /** moto knows no line break in a path. */
  @Override
  protected boolean takes(String key) {
    return !key.contains("\n");
  }

  /** The prefix {@code raw/} is part of a key in its bucket. */
  @Override
  protected int longestKey() {
    return 1020;
  }

  @Test
  void theZonesPrefixCounts() {
    assertThatThrownBy(() -> put("x".repeat(1021), "x"))
        .hasMessageEndingWith(
            "a key has 1 to 1,024 bytes in UTF-8, and this one has 1025 with the prefix of its"
                + " zone, which shares its bucket with others");
  }
}
