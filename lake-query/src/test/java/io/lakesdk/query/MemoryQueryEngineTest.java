package io.lakesdk.query;

import io.lakesdk.Lake;
import java.util.OptionalInt;

class MemoryQueryEngineTest extends QueryEngineContract {

  @Override
  Lake open() {
    return Lake.inMemory();
  }

  @Override
  OptionalInt mostOpenResults() {
    return OptionalInt.of(256);
  }
}
