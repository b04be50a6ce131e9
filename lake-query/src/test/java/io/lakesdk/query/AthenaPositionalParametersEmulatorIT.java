package io.lakesdk.query;

import io.lakesdk.Lake;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.query.aws.LocalAthena;
import org.junit.jupiter.api.extension.ExtendWith;

/** Athena's engine, where the requests to Athena are answered by the engine of this process. */
@ExtendWith(TestAws.Fresh.class)
class AthenaPositionalParametersEmulatorIT extends PositionalParametersContract {

  @Override
  Lake open() {
    return LocalAthena.open();
  }
}
