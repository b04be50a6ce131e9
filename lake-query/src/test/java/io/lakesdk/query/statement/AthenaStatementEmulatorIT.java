package io.lakesdk.query.statement;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsPlace;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.query.aws.LocalAthena;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Statements of a lake on AWS: what is no query is done in this process over S3 and Glue, and
 * queries are asked by Athena's protocol.
 */
@ExtendWith(TestAws.Fresh.class)
class AthenaStatementEmulatorIT extends PrepareStatementContract {
  @Override
  Lake open(Consumer<LakeOptions> with) {
    return LocalAthena.open(with);
  }

  @Override
  String location(Zone zone, String folder) {
    return new AwsPlace(zone, folder).uri(((AwsBackend) lake.backend()).settings());
  }
}
