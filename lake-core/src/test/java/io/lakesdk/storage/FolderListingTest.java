package io.lakesdk.storage;

import io.lakesdk.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest extends ListingContract {
  @TempDir Path root;

  @Override
  protected Lake open() {
    return Lake.at(root);
  }
}
