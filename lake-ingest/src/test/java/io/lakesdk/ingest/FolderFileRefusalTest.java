package io.lakesdk.ingest;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

class FolderFileRefusalTest extends FileRefusalContract {
  @Override
  Lake open(Path folder, Consumer<LakeOptions> with) {
    return Lake.at(folder, with);
  }
}
