package io.lakesdk.security.embedded;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.security.SecurityContract;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class DirectorySecurityTest extends SecurityContract {

  @TempDir Path folder;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.at(folder.resolve("lake"), with);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }
}
