package io.lakesdk.ingest;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestAws.Fresh.class)
class AwsFileLoadEmulatorIT extends FileLoadContract {

  private final SameLake same = new SameLake(TestAws::settings);

  @Override
  Lake open(Path folder, Consumer<LakeOptions> with) {
    return same.open(with);
  }
}
