package io.lakesdk.storage;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
  @TempDir Path root;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    return Lake.at(root, with);
  }
}
