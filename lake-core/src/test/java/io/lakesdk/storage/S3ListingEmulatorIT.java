package io.lakesdk.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.TestAws;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3ListingEmulatorIT extends ListingContract {
  @Override
  protected Lake open() {
    return S3Lakes.open(S3Lakes.miniStack().build(), with -> {});
  }

  /** No emulator lists a prefix after a key inside it; here is what is asked of S3. */
  @Override
  @Test
  void aPrefixThatWasListedIsNotListedAgain() {
    ScriptedHttp http =
        new ScriptedHttp(
            request ->
                new ScriptedHttp.Answer(
                    200,
                    Map.of(),
                    "<ListBucketResult><EncodingType>url</EncodingType>"
                        + "<IsTruncated>false</IsTruncated>"
                        + "<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>"
                        + "<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes>"
                        + "</ListBucketResult>"));
    try (Lake scripted = Lake.onAws(TestAws.settings().httpClient(() -> http).build())) {
      ObjectStore there = scripted.store(Zone.RAW);
      ListOptions options = ListOptions.prefix("").delimiter("/");
      assertThat(there.list(options.startAfter("b/1")).prefixes()).containsExactly("b/", "c/");
      assertThat(there.list(options.startAfter("b/")).prefixes()).containsExactly("c/");
      assertThat(http.requests().get(0).uri().getRawQuery()).contains("start-after=b%2F1");
      assertThat(http.requests().get(1).uri().getRawQuery())
          .contains("start-after=b%2F%F4%8F%BF%BF");
    }
  }
}
