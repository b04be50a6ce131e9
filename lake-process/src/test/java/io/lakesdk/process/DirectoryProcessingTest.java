package io.lakesdk.process;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class DirectoryProcessingTest extends ProcessingContract {

  @TempDir Path folder;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.at(folder.resolve("lake"), with);
  }
}
