package io.lakesdk.query;

import io.lakesdk.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWorkbenchTest extends WorkbenchContract {
  @TempDir Path folder;

  @Override
  Lake open() {
    return Lake.at(folder);
  }
}
