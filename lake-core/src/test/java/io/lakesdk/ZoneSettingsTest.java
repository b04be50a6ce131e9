package io.lakesdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneSettingsTest {

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }

  private static void refused(Supplier<ZoneSettings> described, String reason) {
    assertThatThrownBy(described::get)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("Cannot describe zone cleaned: " + reason);
  }

  @Test
  void aZoneIsDescribedInOneSentence() {
    ZoneSettings cleaned =
        Zone.CLEANED
            .encryptedWith(KeyId.of("lake-cleaned"))
            .moveTo(StorageClass.STANDARD_IA)
            .after(days(30))
            .moveTo(StorageClass.GLACIER)
            .after(days(90))
            .expireAfter(days(3650))
            .keepOldVersions(days(14));

    assertThat(cleaned.zone()).isEqualTo(Zone.CLEANED);
    assertThat(cleaned.key()).hasValue(KeyId.of("alias/lake-cleaned"));
    assertThat(cleaned.moves())
        .containsExactly(
            new ZoneSettings.Move(StorageClass.STANDARD_IA, days(30)),
            new ZoneSettings.Move(StorageClass.GLACIER, days(90)));
    assertThat(cleaned.expiry()).hasValue(days(3650));
    assertThat(cleaned.oldVersions()).hasValue(days(14));
  }

  @Test
  void describingAZoneDoesNotChangeWhatItIs() {
    assertThat(Zone.CLEANED.expireAfter(days(1)).zone()).isEqualTo(Zone.named("cleaned"));
  }

  @Test
  void timesAreWholeDays() {
    refused(
        () -> Zone.CLEANED.expireAfter(Duration.ofHours(36)),
        "expireAfter takes whole days, 1 or more");
    refused(() -> Zone.CLEANED.expireAfter(days(0)), "expireAfter takes whole days, 1 or more");
    refused(
        () -> Zone.CLEANED.keepOldVersions(days(-1)),
        "keepOldVersions takes whole days, 1 or more");
    refused(
        () -> Zone.CLEANED.expireAfter(days(1L << 31)),
        "expireAfter takes 2147483647 days at most");
  }

  @Test
  void movesGoDownwardsAndWaitAsLongAsS3Wants() {
    refused(
        () -> Zone.CLEANED.moveTo(StorageClass.STANDARD_IA).after(days(29)),
        "moveTo(STANDARD_IA) takes whole days, 30 or more");
    refused(
        () ->
            Zone.CLEANED
                .moveTo(StorageClass.GLACIER)
                .after(days(30))
                .moveTo(StorageClass.STANDARD_IA)
                .after(days(90)),
        "objects cannot move from GLACIER to STANDARD_IA");
    refused(
        () ->
            Zone.CLEANED
                .moveTo(StorageClass.STANDARD_IA)
                .after(days(30))
                .moveTo(StorageClass.GLACIER)
                .after(days(59)),
        "objects of STANDARD_IA can move to GLACIER after 60 days or more");
    refused(
        () ->
            Zone.CLEANED
                .moveTo(StorageClass.GLACIER)
                .after(days(90))
                .moveTo(StorageClass.GLACIER)
                .after(days(91)),
        "objects cannot move from GLACIER to GLACIER");
  }

  @Test
  void nothingMovesAfterItExpired() {
    refused(
        () -> Zone.CLEANED.moveTo(StorageClass.GLACIER).after(days(90)).expireAfter(days(90)),
        "objects expire before they move to GLACIER");
  }

  @Test
  void archivesAreForIntelligentTiering() {
    ZoneSettings tiered = Zone.CLEANED.moveTo(StorageClass.INTELLIGENT_TIERING).after(days(0));

    assertThat(tiered.archiveUnread(days(90)).deepArchiveUnread(days(180)).archive())
        .hasValue(days(90));
    refused(
        () -> ZoneSettings.of(Zone.CLEANED).archiveUnread(days(90)),
        "only what is in INTELLIGENT_TIERING is archived when unread; add"
            + " moveTo(StorageClass.INTELLIGENT_TIERING).after(...)");
    refused(() -> tiered.archiveUnread(days(89)), "archiveUnread takes whole days, 90 or more");
    refused(
        () -> tiered.deepArchiveUnread(days(179)),
        "deepArchiveUnread takes whole days, 180 or more");
    refused(() -> tiered.archiveUnread(days(731)), "archiveUnread takes 730 days at most");
    refused(
        () -> tiered.archiveUnread(days(200)).deepArchiveUnread(days(180)),
        "deepArchiveUnread comes later than archiveUnread");
  }

  @ParameterizedTest
  @CsvSource({
    "lake-cleaned, alias/lake-cleaned",
    "alias/lake, alias/lake",
    "alias/aws/s3, alias/aws/s3",
    "1234abcd-12ab-34cd-56ef-1234567890ab, 1234abcd-12ab-34cd-56ef-1234567890ab",
    "mrk-1234abcd12ab34cd56ef1234567890ab, mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:aws:kms:eu-west-1:111122223333:alias/lake, arn:aws:kms:eu-west-1:111122223333:alias/lake"
  })
  void aKeyIsNamedInAnyOfTheWaysOfKms(String text, String value) {
    assertThat(KeyId.of(text)).hasToString(value);
  }

  @Test
  void onlyAnArnNamesARegion() {
    assertThat(
            KeyId.of("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
                .region())
        .hasValue("eu-west-1");
    assertThat(KeyId.of("lake").region()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lake cleaned",
        "alias/",
        "arn:aws:kms:eu-west-1:111122223333:key/lake",
        "arn:aws:s3:::acme"
      })
  void whatNamesNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> KeyId.of(text))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageEndingWith(
            ": it is no name of a KMS key; give a key's id, its ARN, or an alias such as"
                + " lake-cleaned");
  }
}
