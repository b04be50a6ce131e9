package io.lakesdk.ingest;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class AwsLoadFaultsEmulatorIT extends LoadFaultsContract {

  private @Nullable AwsSettings settings;

  /** The same lake each time that a test asks. */
  @Override
  Lake open(Path folder, Consumer<LakeOptions> with) {
    if (settings == null) {
      settings = TestAws.settings().build();
      TestAws.createBuckets(settings);
    }
    return Lake.onAws(settings, with);
  }
}
