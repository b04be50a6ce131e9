package io.lakesdk.ingest;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lake on AWS that a test opens several times. */
final class SameLake {

  private final Supplier<AwsSettings.Builder> make;
  private @Nullable AwsSettings settings;

  SameLake(Supplier<AwsSettings.Builder> make) {
    this.make = make;
  }

  Lake open(Consumer<LakeOptions> with) {
    if (settings == null) {
      settings = make.get().build();
      TestAws.createBuckets(settings);
    }
    return Lake.onAws(settings, with);
  }
}
