package io.lakesdk.query;

import io.lakesdk.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryQueryEngineTest extends QueryEngineContract {
  @TempDir Path folder;

  @Override
  Lake open() {
    return Lake.at(folder);
  }
}
