package io.lakesdk.storage;

import io.lakesdk.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderLocalFilesTest extends LocalFilesContract {
  @TempDir Path root;

  @Override
  protected Lake open() {
    return Lake.at(root);
  }

  @Override
  protected boolean hasFolders() {
    return true;
  }
}
