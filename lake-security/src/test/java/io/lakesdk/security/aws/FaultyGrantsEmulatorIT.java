package io.lakesdk.security.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.LakeOptions;
import io.lakesdk.emulator.FaultyHttp;
import io.lakesdk.emulator.TestAws;
import io.lakesdk.security.GrantConcurrencyContract;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Grants of many at once where a fifth of the calls meets a fault: each change is made once. */
@ExtendWith(TestAws.Fresh.class)
class FaultyGrantsEmulatorIT extends GrantConcurrencyContract {

  private static final double SHARE = 0.2;
  private static final int ATTEMPTS = 12;
  private static final long SEED = 20_260_301;

  private final AwsSettings settings =
      TestAws.settings()
          .attempts(ATTEMPTS)
          .lakeFormation(AwsSettings.LakeFormation.ON)
          .principalRoles("arn:aws:iam::123456789012:role/lake-{name}")
          .httpClient(() -> new FaultyHttp(ApacheHttpClient.create(), SHARE, SEED))
          .build();

  @Override
  protected Lake open(Consumer<LakeOptions> with) {
    TestAws.createBuckets(settings);
    return Lake.onAws(settings, with);
  }

  @Override
  protected int rounds() {
    return 1;
  }

  @Override
  protected boolean isDurable() {
    return true;
  }
}
