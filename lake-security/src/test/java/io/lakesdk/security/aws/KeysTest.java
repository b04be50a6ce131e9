package io.lakesdk.security.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakesdk.AwsBackend;
import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.Principal;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.security.Grant;
import io.lakesdk.security.Security;
import io.lakesdk.storage.PutOptions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A lake whose KMS keys cannot be used; the emulator ignores the state of keys. */
class KeysTest {

  private static final String KEY = "alias/lake-metadata";
  private static final Principal ANALYST = Principal.role("analyst");

  private static ScriptedHttp refusing(Answer refusal) {
    return new ScriptedHttp(
        request -> request.method().equals("PUT") ? refusal : Answer.of(404, ""));
  }

  private static Lake lake(ScriptedHttp http) {
    return Lake.onAws(
        AwsSettings.region("eu-west-1")
            .account("acme-lake")
            .attempts(1)
            .lakeFormation(AwsSettings.LakeFormation.OFF)
            .encryptedWith(AwsBackend.METADATA, KEY)
            .encryptedWith(Zone.RAW, KEY)
            .credentials(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(() -> http)
            .build());
  }

  private static void cannotGrant(Answer refusal, Class<? extends LakeException> kind, String why) {
    ScriptedHttp http = refusing(refusal);
    try (Lake lake = lake(http)) {
      Security security = Security.of(lake);
      assertThatExceptionOfType(kind)
          .isThrownBy(() -> security.grant(Grant.read().on(Zone.RAW).to(ANALYST)))
          .withMessage("Cannot write object lake-metadata/security/grants.json: " + why);
      assertThatExceptionOfType(kind)
          .isThrownBy(() -> lake.store(Zone.RAW).put("a", new byte[1], PutOptions.defaults()))
          .withMessage("Cannot write object raw/a: " + why);
      assertThat(security.grants().list()).isEmpty();
    }
    assertThat(http.requests())
        .filteredOn(request -> request.method().equals("PUT"))
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                    .isEqualTo(KEY));
  }

  @Test
  void aDisabledKeyIsNamedAsTheReason() {
    cannotGrant(
        Answer.s3Error(400, "KMS.DisabledException"),
        UnavailableException.class,
        "the KMS key of its zone cannot be used (KMS.DisabledException); look at its state and"
            + " policy");
  }

  @Test
  void aKeyThatIsDeniedIsNamedAsTheReason() {
    cannotGrant(
        Answer.of(
            403,
            "<Error><Code>AccessDenied</Code><Message>User: arn is not authorized to perform:"
                + " kms:GenerateDataKey on this resource</Message></Error>"),
        AccessDeniedException.class,
        "the KMS key of its zone cannot be used (kms:GenerateDataKey); look at its state and"
            + " policy");
  }
}
