package io.lakesdk.publish;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class DirectoryPublishingTest extends PublishingContract {

  @TempDir private Path folder;

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    try {
      return Lake.at(Files.createTempDirectory(folder, "lake"), with);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
