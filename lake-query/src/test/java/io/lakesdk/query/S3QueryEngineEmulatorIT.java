package io.lakesdk.query;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine of this process over objects of S3 and tables of Glue. */
@ExtendWith(TestAws.Fresh.class)
class S3QueryEngineEmulatorIT extends QueryEngineContract {

  @Override
  Lake open() {
    return TestAws.lake();
  }

  @Override
  OptionalInt mostOpenResults() {
    return OptionalInt.of(256);
  }
}
