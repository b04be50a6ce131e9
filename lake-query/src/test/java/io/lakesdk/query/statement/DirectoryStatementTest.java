package io.lakesdk.query.statement;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStatementTest extends StatementContract {
  @TempDir Path folder;
  private int lakes;

  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.at(folder.resolve("lake" + ++lakes), with);
  }
}
