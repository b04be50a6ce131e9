package io.lakesdk.storage;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;
import java.util.function.Consumer;

/** Lakes on emulators of S3 for the contracts of storage, with nothing in them. */
final class S3Lakes {

  private S3Lakes() {}

  /** All zones in one bucket. */
  static Lake inOneBucket(AwsSettings.Builder settings, Consumer<LakeOptions> with) {
    String bucket = settings.build().account() + "-zones";
    return open(settings.oneBucket(bucket).build(), with);
  }

  /** MiniStack's listings are those of S3, and moto's are not for odd keys and deleted ones. */
  static AwsSettings.Builder miniStack() {
    if (TestAws.isAccount()) {
      return TestAws.settings();
    }
    Emulator.miniStack().reset();
    return TestAws.settings(Emulator.miniStack().endpoint());
  }

  static Lake open(AwsSettings settings, Consumer<LakeOptions> with) {
    TestAws.createBuckets(settings);
    return Lake.onAws(settings, with);
  }
}
