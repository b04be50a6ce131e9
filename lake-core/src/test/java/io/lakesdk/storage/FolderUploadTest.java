package io.lakesdk.storage;

import io.lakesdk.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderUploadTest extends UploadContract {
  @TempDir Path root;

  @Override
  protected Lake open() {
    return Lake.at(root);
  }
}
