package io.lakesdk.storage.aws;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.emulator.ScriptedHttp;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A lake in eu-west-1 whose buckets start with {@code acme-lake}, for which a script stands. */
final class ScriptedLake {

  private ScriptedLake() {}

  static Lake of(ScriptedHttp http, Consumer<AwsSettings.Builder> with) {
    AwsSettings.Builder settings =
        AwsSettings.region("eu-west-1")
            .account("acme-lake")
            .endpoint(URI.create("http://s3.test"))
            .pathStyle()
            .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClient(() -> http);
    with.accept(settings);
    return Lake.onAws(settings.build());
  }
}
