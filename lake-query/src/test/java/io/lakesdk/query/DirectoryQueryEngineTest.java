package io.lakesdk.query;

import io.lakesdk.Lake;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;

class DirectoryQueryEngineTest extends QueryEngineContract {
  @TempDir Path folder;

  @Override
  Lake open() {
    return Lake.at(folder);
  }

  @Override
  OptionalInt mostOpenResults() {
    return OptionalInt.of(256);
  }
}
