package io.lakesdk.storage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.Lake;
import io.lakesdk.Zone;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.LakeException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.storage.PutOptions;
import io.lakesdk.storage.ReadOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ErrorsTest {

  private static Lake lake(Answer answer) {
    return ScriptedLake.of(new ScriptedHttp(request -> answer), settings -> settings.attempts(1));
  }

  private static void requireReading(
      Answer answer, Class<? extends LakeException> kind, String reason) {
    try (Lake lake = lake(answer)) {
      assertThatThrownBy(() -> lake.store(Zone.RAW).get("a", ReadOptions.current()))
          .isInstanceOf(kind)
          .hasMessage("Cannot read object raw/a: " + reason);
    }
  }

  private static void requireWriting(
      Answer answer, Class<? extends LakeException> kind, String reason) {
    try (Lake lake = lake(answer)) {
      assertThatThrownBy(() -> lake.store(Zone.RAW).put("a", new byte[1], PutOptions.defaults()))
          .isInstanceOf(kind)
          .hasMessage("Cannot write object raw/a: " + reason);
    }
  }

  @Test
  void anAbsentBucketIsToBeProvisioned() {
    requireWriting(
        Answer.s3Error(404, "NoSuchBucket"),
        NotFoundException.class,
        "its bucket acme-lake-raw does not exist; provision the lake's zones first");
  }

  @ParameterizedTest
  @CsvSource({"301,PermanentRedirect", "400,AuthorizationHeaderMalformed", "307,TemporaryRedirect"})
  void aBucketElsewhereIsNamed(int status, String code) {
    requireReading(
        new Answer(
            status,
            Map.of("x-amz-bucket-region", "us-west-2"),
            Answer.s3Error(status, code).body()),
        InvalidDefinitionException.class,
        "its bucket acme-lake-raw is in region us-west-2 and the lake's settings say eu-west-1;"
            + " set that of the bucket");
  }

  @Test
  void anAnswerToHeadHasNoCode() {
    try (Lake lake = lake(new Answer(301, Map.of("x-amz-bucket-region", "us-west-2"), ""))) {
      assertThatThrownBy(() -> lake.store(Zone.RAW).exists("a"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("is in region us-west-2");
    }
  }

  @Test
  void anArchivedObjectIsNotReadYet() {
    requireReading(
        Answer.s3Error(403, "InvalidObjectState"),
        UnavailableException.class,
        "it is archived in a storage class from which it must be restored before it is read");
  }

  @Test
  void aKeyThatCannotBeUsedIsSaid() {
    requireWriting(
        Answer.s3Error(400, "KMS.DisabledException"),
        UnavailableException.class,
        "the KMS key of its zone cannot be used (KMS.DisabledException); look at its state and"
            + " policy");
  }

  @Test
  void contentThatWasDamagedOnItsWayIsSaid() {
    requireWriting(
        Answer.s3Error(400, "BadDigest"),
        UnavailableException.class,
        "its content was damaged on the way to S3");
  }

  @Test
  void refusalsNameWhatToDo() {
    requireWriting(
        Answer.s3Error(400, "EntityTooLarge"),
        InvalidDefinitionException.class,
        "S3 takes at most 5 GiB at once and 5 TiB in parts");
    requireWriting(
        Answer.s3Error(400, "MetadataTooLarge"),
        InvalidDefinitionException.class,
        "with what the SDK adds, its metadata has more than the 2 KB that S3 allows");
    requireWriting(
        Answer.s3Error(403, "AccessDenied"),
        AccessDeniedException.class,
        "the policies of the credentials do not allow it (s3 AccessDenied)");
  }

  @Test
  void aDeleteMarkersVersionIsNone() {
    try (Lake lake = lake(Answer.s3Error(405, "MethodNotAllowed"))) {
      assertThatThrownBy(
              () -> lake.store(Zone.RAW).get("a", ReadOptions.current().version("marker")))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Cannot read object raw/a: it has no such version");
    }
  }

  @Test
  void aVersionThatCannotBeIsNone() {
    Answer malformed =
        Answer.of(
            400,
            "<Error><Code>InvalidArgument</Code><Message>Invalid version id specified</Message>"
                + "</Error>");
    try (Lake lake = lake(malformed)) {
      assertThatThrownBy(
              () -> lake.store(Zone.RAW).head("a", ReadOptions.current().version("no-version")))
          .isInstanceOf(LakeException.class);
      lake.store(Zone.RAW).deleteVersion("a", "no-version");
      assertThatThrownBy(
              () -> lake.store(Zone.RAW).get("a", ReadOptions.current().version("no-version")))
          .isInstanceOf(NotFoundException.class);
      assertThat(lake.toString()).isNotEmpty();
    }
  }
}
