package io.lakesdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noticed before the first call. */
class AwsSettingsTest {

  private static AwsSettings.Builder settings() {
    return AwsSettings.region("eu-west-1").account("acme-lake");
  }

  private static void refused(UnaryOperator<AwsSettings.Builder> with, String message) {
    assertThatThrownBy(() -> with.apply(settings()).build())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(message);
  }

  @Test
  void theAccountIsAllThatMustFollowTheRegion() {
    AwsSettings settings = settings().build();

    assertThat(settings.bucket(Zone.RAW)).isEqualTo("acme-lake-raw");
    assertThat(settings.bucket(AwsBackend.METADATA)).isEqualTo("acme-lake-lake-metadata");
    assertThat(settings.prefix(Zone.RAW)).isEmpty();
    assertThat(settings.accountId()).isEmpty();
    assertThat(settings).hasToString("acme-lake in eu-west-1");
  }

  @Test
  void oneBucketHoldsZonesBelowPrefixes() {
    AwsSettings settings = settings().oneBucket("acme").build();

    assertThat(settings.bucket(Zone.RAW)).isEqualTo("acme");
    assertThat(settings.prefix(Zone.RAW)).isEqualTo("raw/");
  }

  @Nested
  class Regions {

    @ParameterizedTest
    @CsvSource({
      "eu-wset-1, eu-west-1",
      "eu-west1, eu-west-1",
      "EU_WEST_1, eu-west-1",
      "us-esat-1, us-east-1",
      "us-east-9, us-east-1"
    })
    void anUnknownOneIsRefusedWithWhatWasMeant(String written, String meant) {
      assertThatThrownBy(() -> AwsSettings.region(written).account("acme-lake").build())
          .hasMessageStartingWith(
              "Cannot use option region: " + written.toLowerCase(java.util.Locale.ROOT))
          .hasMessageEndingWith("is not the name of a region; did you mean " + meant + "?");
    }

    @Test
    void anUnknownOneThatIsLikeNoneMayBeNew() {
      assertThatThrownBy(() -> AwsSettings.region("moon-north-1").account("acme-lake").build())
          .hasMessage(
              "Cannot use option region: moon-north-1 is not the name of a region; if it is new,"
                  + " use a newer AWS SDK");
    }

    @Test
    void whatIsNoRegionAtAllIsRefused() {
      assertThatThrownBy(() -> AwsSettings.region("Ireland, EU").account("acme-lake").build())
          .hasMessage("Cannot use option region: ireland, eu is not the name of a region");
    }

    @Test
    void withAnEndpointAnyNameWillDo() {
      AwsSettings settings =
          AwsSettings.region("local-zone-1")
              .account("acme-lake")
              .endpoint(URI.create("http://127.0.0.1:5000"))
              .build();

      assertThat(settings.region()).isEqualTo("local-zone-1");
    }
  }

  @Nested
  class Buckets {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "ab | it has 3 to 63 characters",
          "a234567890123456789012345678901234567890123456789012345678901234"
              + " | it has 3 to 63 characters",
          "Acme | it has lower-case letters, digits, hyphens and single dots, and starts and ends"
              + " with a letter or digit",
          "acme_lake | it has lower-case letters, digits, hyphens and single dots, and starts and"
              + " ends with a letter or digit",
          "acme..lake | it has lower-case letters, digits, hyphens and single dots, and starts and"
              + " ends with a letter or digit",
          "acme- | it has lower-case letters, digits, hyphens and single dots, and starts and ends"
              + " with a letter or digit",
          "192.168.5.4 | it must not look like an IP address",
          "xn--acme | names that start with xn-- are reserved",
          "sthree-acme | names that start with sthree- are reserved",
          "amzn-s3-demo-acme | names that start with amzn-s3-demo- are reserved",
          "acme-s3alias | names that end with -s3alias are reserved",
          "acme--ol-s3 | names that end with --ol-s3 are reserved",
          "acme.mrap | names that end with .mrap are reserved",
          "acme--x-s3 | names that end with --x-s3 are reserved",
          "acme--table-s3 | names that end with --table-s3 are reserved"
        })
    void namesThatS3ForbidsAreRefused(String name, String reason) {
      String message =
          "Cannot use option bucket: S3 does not allow the name " + name + ": " + reason;
      refused(with -> with.oneBucket(name), message);
      refused(with -> with.bucket(Zone.RAW, name), message);
    }

    @Test
    void anAccountThatMakesForbiddenNamesIsRefused() {
      refused(
          with -> with.account("xn--acme"),
          "Cannot use option bucket: S3 does not allow the name xn--acme-raw: names that start with"
              + " xn-- are reserved");
    }

    @Test
    void aZoneWhoseBucketWouldHaveTooLongANameIsRefused() {
      AwsSettings settings = AwsSettings.region("eu-west-1").account("a".repeat(37)).build();
      Zone zone = Zone.named("z".repeat(40));

      assertThatThrownBy(() -> settings.bucket(zone))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Cannot use zone "
                  + zone
                  + ": S3 does not allow the name "
                  + "a".repeat(37)
                  + "-"
                  + zone
                  + ": it has 3 to 63 characters; name a bucket for it with"
                  + " AwsSettings...bucket(zone, name)");
    }

    @Test
    void twoZonesDoNotShareOne() {
      refused(
          with -> with.bucket(Zone.CLEANED, "acme-lake-raw"),
          "Cannot use option bucket: acme-lake-raw would hold the zones raw and cleaned; give each"
              + " its own");
    }

    @Test
    void oneBucketAndSeveralExcludeEachOther() {
      refused(
          with -> with.oneBucket("acme").bucket(Zone.RAW, "acme-raw"),
          "Cannot use option oneBucket: zones were given buckets of their own too; leave out one of"
              + " the two");
    }
  }

  @Nested
  class Names {

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1111-2222-3333", "1234567890123", "acme"})
    void anAccountIdHasTwelveDigits(String id) {
      refused(
          with -> with.accountId(id), "Cannot use option accountId: an account's id has 12 digits");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "lake",
          "arn:aws:iam::1111:role/lake",
          "arn:aws:iam::111122223333:user/lake",
          "arn:aws:sts::111122223333:assumed-role/lake/session",
          "arn:aws:iam::111122223333:role/"
        })
    void aRoleIsAnArn(String arn) {
      refused(
          with -> with.assumeRole(arn),
          "Cannot use option assumeRole: it is not the ARN of a role, as"
              + " arn:aws:iam::111122223333:role/lake");
    }

    @Test
    void rolesInPathsAndPartitionsAreAllowed() {
      AwsSettings settings =
          settings()
              .assumeRole("arn:aws-us-gov:iam::111122223333:role/teams/data/lake")
              .principalRoles("arn:aws:iam::111122223333:role/lake-{name}")
              .build();

      assertThat(settings.role()).isPresent();
    }

    @Test
    void theRolesOfPrincipalsNeedAPlaceForTheName() {
      refused(
          with -> with.principalRoles("arn:aws:iam::111122223333:role/lake"),
          "Cannot use option principalRoles: it has no {name} for the principal's name");
      refused(
          with -> with.principalRoles("lake-{name}"),
          "Cannot use option principalRoles: it is not the ARN of a role, as"
              + " arn:aws:iam::111122223333:role/lake");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "127.0.0.1:5000 | it starts with http:// or https://",
          "localhost | it starts with http:// or https://",
          "ftp://host | it starts with http:// or https://",
          "http:/path | it names no host",
          "http:// | it names no host",
          "http://user:secret@host | it has a scheme, a host and a port, and nothing else",
          "http://host?x=1 | it has a scheme, a host and a port, and nothing else"
        })
    void anEndpointIsAnAddress(String uri, String reason) {
      URI endpoint = uri.endsWith("//") ? URI.create("http:///") : address(uri);
      refused(with -> with.endpoint(endpoint), "Cannot use option endpoint: " + reason);
      refused(
          with -> with.endpoint(AwsService.S3, endpoint),
          "Cannot use option endpoint of s3: " + reason);
    }

    private URI address(String uri) {
      return URI.create(uri.startsWith("127") ? "//" + uri : uri);
    }

    @Test
    void aKeyOfAnotherRegionIsRefused() {
      refused(
          with -> with.encryptedWith(Zone.RAW, "arn:aws:kms:us-east-1:111122223333:alias/lake"),
          "Cannot use option key: the key is in us-east-1 and the lake in eu-west-1; S3 takes keys"
              + " of its own region only");
    }
  }
}
