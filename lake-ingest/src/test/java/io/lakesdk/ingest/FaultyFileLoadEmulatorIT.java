package io.lakesdk.ingest;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.TestAws;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loads arrive once also where a fifth of the calls that leave for AWS meets a fault. */
@ExtendWith(TestAws.Fresh.class)
class FaultyFileLoadEmulatorIT extends FileLoadContract {

  private final SameLake same = new SameLake(TestAws::faultySettings);

  @Override
  Lake open(Path folder, Consumer<LakeOptions> with) {
    return same.open(with);
  }
}
