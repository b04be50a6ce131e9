package io.lakesdk.query;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.emulator.Emulator;
import io.lakesdk.emulator.TestAws;

/**
 * Athena's engine on an emulator that runs simple statements in DuckDB's SQL. What it cannot show
 * is shown by {@code AthenaProtocolEmulatorIT} and the tests of requests in {@code query.aws}.
 */
class AthenaQueryEngineEmulatorIT extends QueryEngineContract {

  @Override
  Lake open() {
    Emulator.miniStack().reset();
    AwsSettings settings =
        TestAws.settings(Emulator.miniStack().endpoint())
            .compute(AwsSettings.Compute.ATHENA)
            .build();
    TestAws.createBuckets(settings);
    return Lake.onAws(settings);
  }

  @Override
  boolean speaksAthena() {
    return false;
  }

  @Override
  boolean runsHere() {
    return false;
  }

  @Override
  boolean hidesRowsAndColumns() {
    return false;
  }
}
