package io.lakesdk.query;

import io.lakesdk.AwsBackend;
import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.query.aws.LocalAthena;
import org.junit.jupiter.api.extension.ExtendWith;

/** Athena's workgroups, where the requests to Athena are answered in this process. */
@ExtendWith(TestAws.Fresh.class)
class AthenaWorkgroupEmulatorIT extends WorkgroupContract {

  @Override
  Lake open() {
    return LocalAthena.open();
  }

  @Override
  boolean knowsWhose() {
    return false;
  }

  @Override
  String bucket(String zone) {
    return ((AwsBackend) lake.backend()).settings().bucket(Zone.named(zone));
  }
}
