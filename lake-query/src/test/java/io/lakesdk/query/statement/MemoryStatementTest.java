package io.lakesdk.query.statement;

import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import java.util.function.Consumer;

class MemoryStatementTest extends StatementContract {
  @Override
  Lake open(Consumer<LakeOptions> with) {
    return Lake.inMemory(with);
  }
}
