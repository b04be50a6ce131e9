package io.lakesdk.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsSettings;
import io.lakesdk.Lake;
import io.lakesdk.StorageClass;
import io.lakesdk.Zone;
import io.lakesdk.ZoneSettings;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.AlreadyExistsException;
import io.lakesdk.error.ConflictException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What no emulator shows: requests as they leave, and answers that only AWS gives. */
class ProvisioningRequestTest {

  private static final String OWNER = "111122223333";
  private static final String RAW = "acme-lake-raw";
  private static final String S3_RAW = "acme-lake-raw.s3.eu-west-1.amazonaws.com";
  private static final Answer DONE = Answer.of(200, "");

  /** AWS in which nothing was made yet, and where answers are given by who asks first. */
  private final List<Function<Request, Optional<Answer>>> answers = new ArrayList<>();

  private final ScriptedHttp http = new ScriptedHttp(this::answer);

  private Answer answer(Request request) {
    return answers.stream()
        .flatMap(answer -> answer.apply(request).stream())
        .findFirst()
        .orElseGet(() -> emptyAccount(request));
  }

  private static Answer emptyAccount(Request request) {
    if (request.uri().getHost().startsWith("sts.")) {
      return Answer.of(
          200,
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>"
              + OWNER
              + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    }
    return switch (request.method()) {
      case "PUT" -> DONE;
      case "HEAD" -> Answer.of(404, "");
      default -> Answer.s3Error(404, "NoSuchConfiguration");
    };
  }

  private void when(String method, String part, Answer answer) {
    answers.add(0, request -> is(request, method, part) ? Optional.of(answer) : Optional.empty());
  }

  private void once(String method, String part, Answer answer) {
    AtomicInteger asked = new AtomicInteger();
    answers.add(
        0,
        request ->
            is(request, method, part) && asked.getAndIncrement() == 0
                ? Optional.of(answer)
                : Optional.empty());
  }

  private static boolean is(Request request, String method, String part) {
    String query = request.uri().getQuery() == null ? "" : "?" + request.uri().getQuery();
    String address = request.uri().getHost() + "/" + query;
    return request.method().equals(method) && address.contains(part);
  }

  private static AwsSettings.Builder settings() {
    return AwsSettings.region("eu-west-1")
        .account("acme-lake")
        .attempts(4)
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSECRET", "SECRET")));
  }

  private Lake lake() {
    return lake(settings());
  }

  private Lake lake(AwsSettings.Builder settings) {
    return Lake.onAws(settings.httpClient(() -> http).build());
  }

  private void provision(ZoneSettings... zones) {
    try (Lake lake = lake()) {
      Provisioning provisioning = Provisioning.of(lake);
      provisioning.apply(provisioning.plan(zones));
    }
  }

  private List<Request> sent(String method, String part) {
    return http.requests().stream().filter(request -> is(request, method, part)).toList();
  }

  private static boolean isS3(Request request) {
    return request.uri().getHost().contains(".s3.");
  }

  @Nested
  class Requests {

    @Test
    void bucketsAreMadeInTheRegionOfTheLakeAndWithoutAcls() {
      provision(ZoneSettings.of(Zone.RAW));

      Request create = sent("PUT", RAW).get(0);
      assertThat(create.uri().getQuery()).isNull();
      assertThat(create.body()).contains("<LocationConstraint>eu-west-1</LocationConstraint>");
      assertThat(create.header("x-amz-object-ownership")).isEqualTo("BucketOwnerEnforced");
    }

    @Test
    void theFirstRegionOfAwsTakesNoConstraint() {
      try (Lake lake =
          lake(
              AwsSettings.region("us-east-1")
                  .account("acme-lake")
                  .credentials(settings().build().credentials().orElseThrow()))) {
        Provisioning provisioning = Provisioning.of(lake);
        provisioning.apply(provisioning.plan(ZoneSettings.of(Zone.RAW)));
      }
      assertThat(sent("PUT", RAW).get(0).body()).isEmpty();
    }

    @Test
    void everyCallNamesTheAccountThatTheBucketMustBelongTo() {
      provision(
          Zone.RAW
              .moveTo(StorageClass.INTELLIGENT_TIERING)
              .after(Duration.ZERO)
              .archiveUnread(Duration.ofDays(90)));

      assertThat(http.requests())
          .filteredOn(ProvisioningRequestTest::isS3)
          .filteredOn(
              request -> !request.method().equals("PUT") || request.uri().getQuery() != null)
          .hasSizeGreaterThan(30)
          .allMatch(request -> request.header("x-amz-expected-bucket-owner").equals(OWNER));
    }

    @Test
    void theAccountIsTheOneThatTheSettingsName() {
      when("HEAD", "", DONE);
      try (Lake lake = lake(settings().accountId("444455556666"))) {
        Provisioning.of(lake).check();
      }
      assertThat(sent("HEAD", ""))
          .hasSize(4)
          .allMatch(
              request -> request.header("x-amz-expected-bucket-owner").equals("444455556666"));
    }

    @Test
    void whatIsSetOnANewBucket() {
      provision(ZoneSettings.of(Zone.RAW));

      assertThat(sent("PUT", RAW).stream().map(request -> request.uri().getQuery()).toList())
          .containsExactly(
              null,
              "tagging",
              "publicAccessBlock",
              "ownershipControls",
              "encryption",
              "versioning",
              "policy",
              "lifecycle");
      assertThat(sent("PUT", S3_RAW + "/?publicAccessBlock").get(0).body())
          .contains(
              "<BlockPublicAcls>true</BlockPublicAcls>",
              "<IgnorePublicAcls>true</IgnorePublicAcls>",
              "<BlockPublicPolicy>true</BlockPublicPolicy>",
              "<RestrictPublicBuckets>true</RestrictPublicBuckets>");
      assertThat(sent("PUT", S3_RAW + "/?encryption").get(0).body())
          .contains("<SSEAlgorithm>AES256</SSEAlgorithm>");
      assertThat(sent("PUT", S3_RAW + "/?policy").get(0).body())
          .isEqualTo(
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"LakeTlsOnly\",\"Effect\":"
                  + "\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":"
                  + "[\"arn:aws:s3:::acme-lake-raw\",\"arn:aws:s3:::acme-lake-raw/*\"],"
                  + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}");
    }

    @Test
    void resultsOfAthenaAreDeletedInTime() {
      provision(ZoneSettings.of(Zone.RAW));

      assertThat(sent("PUT", "lifecycle").get(1).body())
          .contains(
              "<Rule><Expiration><Days>8</Days></Expiration><ID>lake-lake-metadata-results</ID>"
                  + "<Filter><Prefix>athena/</Prefix></Filter><Status>Enabled</Status>"
                  + "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
                  + "</NoncurrentVersionExpiration></Rule>");
    }

    @Test
    void archivesOfIntelligentTieringAreConfiguredForTheZone() {
      provision(
          Zone.RAW
              .moveTo(StorageClass.INTELLIGENT_TIERING)
              .after(Duration.ZERO)
              .archiveUnread(Duration.ofDays(90))
              .deepArchiveUnread(Duration.ofDays(180)));

      assertThat(sent("PUT", "intelligent-tiering&id=lake-raw").get(0).body())
          .contains(
              "<Id>lake-raw</Id>",
              "<Status>Enabled</Status>",
              "<AccessTier>ARCHIVE_ACCESS</AccessTier>",
              "<Days>90</Days>",
              "<AccessTier>DEEP_ARCHIVE_ACCESS</AccessTier>",
              "<Days>180</Days>");
      assertThat(sent("PUT", "lifecycle").get(0).body())
          .contains("<Days>0</Days><StorageClass>INTELLIGENT_TIERING</StorageClass>");
    }

    @Test
    void archivesThatAreThereAreComparedAndRemovedByName() {
      when("HEAD", RAW, DONE);
      when(
          "GET",
          S3_RAW + "/?intelligent-tiering",
          Answer.of(
              200,
              "<IntelligentTieringConfiguration><Id>lake-raw</Id><Status>Enabled</Status><Tiering>"
                  + "<AccessTier>ARCHIVE_ACCESS</AccessTier><Days>90</Days></Tiering>"
                  + "</IntelligentTieringConfiguration>"));
      try (Lake lake = lake()) {
        Provisioning provisioning = Provisioning.of(lake);
        ZoneSettings tiered =
            Zone.RAW.moveTo(StorageClass.INTELLIGENT_TIERING).after(Duration.ZERO);

        assertThat(provisioning.plan(tiered.archiveUnread(Duration.ofDays(90))).toString())
            .doesNotContain("intelligent tiering");
        assertThat(provisioning.plan(tiered.archiveUnread(Duration.ofDays(100))).toString())
            .contains(
                "change intelligent tiering configuration lake-raw of bucket acme-lake-raw from:"
                    + " ARCHIVE_ACCESS after 90 days unread, to: ARCHIVE_ACCESS after 100 days"
                    + " unread");

        Plan plan = provisioning.plan(tiered);
        assertThat(plan.toString())
            .contains(
                "remove intelligent tiering configuration lake-raw from bucket acme-lake-raw, which"
                    + " is: ARCHIVE_ACCESS after 90 days unread");
        once("DELETE", "intelligent-tiering&id=lake-raw", Answer.lost());
        provisioning.apply(plan);
        assertThat(sent("DELETE", "intelligent-tiering&id=lake-raw")).hasSize(2);
      }
    }

    @Test
    void rulesOfOthersAreSentAsTheyWereFound() {
      when("HEAD", RAW, DONE);
      when(
          "GET",
          S3_RAW + "/?lifecycle",
          new Answer(
              200,
              Map.of("x-amz-transition-default-minimum-object-size", "varies_by_storage_class"),
              "<LifecycleConfiguration><Rule><ID>theirs</ID><Filter><And><Prefix>logs/</Prefix>"
                  + "<ObjectSizeGreaterThan>1000</ObjectSizeGreaterThan></And></Filter>"
                  + "<Status>Disabled</Status><NoncurrentVersionTransition><NoncurrentDays>30"
                  + "</NoncurrentDays><StorageClass>GLACIER</StorageClass>"
                  + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
                  + "</NoncurrentVersionTransition></Rule></LifecycleConfiguration>"));

      provision(ZoneSettings.of(Zone.RAW));

      Request put = sent("PUT", S3_RAW + "/?lifecycle").get(0);
      assertThat(put.header("x-amz-transition-default-minimum-object-size"))
          .isEqualTo("varies_by_storage_class");
      assertThat(put.body())
          .contains(
              "<ID>theirs</ID>",
              "<ObjectSizeGreaterThan>1000</ObjectSizeGreaterThan>",
              "<Status>Disabled</Status>",
              "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>",
              "<ID>lake-raw-uploads</ID>");
    }

    @Test
    void nothingIsSetThatIsSoAlready() {
      answers.add(
          request ->
              request.method().equals("HEAD") && !sent("PUT", RAW).isEmpty()
                  ? Optional.of(DONE)
                  : Optional.empty());
      when(
          "GET",
          "?versioning",
          Answer.of(
              200, "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"));

      provision(ZoneSettings.of(Zone.RAW));

      assertThat(sent("PUT", "?versioning")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"READ_ACCOUNT", "CHANGE_BUCKET"})
  void everyCallPassesTheSeam(Call call) {
    Faults faults =
        Faults.on(call)
            .before(
                subject -> {
                  throw new UnavailableException("reach", subject, "a fault");
                });
    try (Lake lake =
        Lake.onAws(settings().httpClient(() -> http).build(), with -> with.faults(faults))) {
      Provisioning provisioning = Provisioning.of(lake);
      assertThatThrownBy(() -> provisioning.apply(provisioning.plan()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageEndingWith(": a fault");
    }
  }

  @Nested
  class Answers {

    private void refused(
        Class<? extends Exception> kind, String message, AwsSettings.Builder settings) {
      try (Lake lake = lake(settings)) {
        assertThatThrownBy(() -> Provisioning.of(lake).check())
            .isInstanceOf(kind)
            .hasMessage(message);
        assertThatThrownBy(() -> Provisioning.of(lake).plan())
            .isInstanceOf(kind)
            .hasMessage(message);
      }
    }

    private void refused(Class<? extends Exception> kind, String message) {
      refused(kind, message, settings());
    }

    private Answer sts(String code, String message) {
      return Answer.of(
          403,
          "<ErrorResponse><Error><Type>Sender</Type><Code>"
              + code
              + "</Code><Message>"
              + message
              + "</Message></Error></ErrorResponse>");
    }

    private static final String CANNOT_CALL = "Cannot call AWS for lake acme-lake in eu-west-1: ";

    @Test
    void absentCredentials() {
      refused(
          AccessDeniedException.class,
          CANNOT_CALL
              + "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a"
              + " profile, or AwsSettings...credentials(...)",
          settings().credentials(EnvironmentVariableCredentialsProvider.create()));
    }

    @Test
    void unknownCredentials() {
      when(
          "POST",
          "sts.",
          sts("InvalidClientTokenId", "The security token included in the request is invalid."));
      refused(
          AccessDeniedException.class,
          CANNOT_CALL + "AWS does not know the credentials; look at the access key in use");
    }

    @Test
    void expiredCredentials() {
      when(
          "POST",
          "sts.",
          sts("ExpiredToken", "The security token included in the request is expired"));
      refused(
          AccessDeniedException.class, CANNOT_CALL + "the credentials have expired; renew them");
    }

    @Test
    void aClockThatIsOff() {
      when(
          "POST",
          "sts.",
          sts(
              "SignatureDoesNotMatch",
              "Signature not yet current: 20261124T080000Z is still later than 20261124T071500Z"));
      refused(
          AccessDeniedException.class,
          CANNOT_CALL
              + "the clock of this machine differs too much from that of AWS; set it, and try"
              + " again");
      when("POST", "sts.", sts("RequestTimeTooSkewed", "The difference is too large."));
      refused(
          AccessDeniedException.class,
          CANNOT_CALL
              + "the clock of this machine differs too much from that of AWS; set it, and try"
              + " again");
    }

    @Test
    void aRoleThatMayNotBeAssumed() {
      when("POST", "sts.", sts("AccessDenied", "not authorized to perform: sts:AssumeRole"));
      refused(
          AccessDeniedException.class,
          "Cannot assume the role of lake acme-lake in eu-west-1: AWS does not let the lake's"
              + " credentials assume arn:aws:iam::111122223333:role/lake; see that it exists, that"
              + " its trust policy names them, and that they are allowed sts:AssumeRole",
          settings().assumeRole("arn:aws:iam::111122223333:role/lake"));
    }

    @Test
    void aBucketOfAnotherAccount() {
      when("HEAD", RAW, Answer.of(403, ""));
      refused(
          AccessDeniedException.class,
          "Cannot use bucket acme-lake-raw: it belongs to another account than 111122223333, or the"
              + " policies of the credentials do not allow s3:ListBucket on it; name another bucket"
              + " with AwsSettings...bucket(zone, name), or allow it");
    }

    @Test
    void aBucketInAnotherRegion() {
      when("HEAD", RAW, new Answer(301, Map.of("x-amz-bucket-region", "us-west-2"), ""));
      String message =
          "Cannot use bucket acme-lake-raw: it is in us-west-2 and the lake in eu-west-1; open the"
              + " lake there, or name another bucket with AwsSettings...bucket(zone, name)";
      refused(InvalidDefinitionException.class, message);
      when("HEAD", RAW, new Answer(400, Map.of("x-amz-bucket-region", "us-west-2"), ""));
      refused(InvalidDefinitionException.class, message);
    }

    @Test
    void aBucketThatWouldBelongToAnotherAccountThanTheSettingsSay() {
      try (Lake lake = lake(settings().accountId("444455556666"))) {
        assertThatThrownBy(() -> Provisioning.of(lake).plan())
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot create bucket acme-lake-raw: it would belong to the account of the"
                    + " credentials, 111122223333, and AwsSettings name 444455556666; use"
                    + " credentials of that account");
      }
    }

    private void failsToCreate(Answer answer, Class<? extends Exception> kind, String reason) {
      when("PUT", S3_RAW, answer);
      try (Lake lake = lake()) {
        Provisioning provisioning = Provisioning.of(lake);
        Plan plan = provisioning.plan(ZoneSettings.of(Zone.RAW));
        assertThatThrownBy(() -> provisioning.apply(plan))
            .isInstanceOf(kind)
            .hasMessage("Cannot create bucket acme-lake-raw: " + reason);
      }
    }

    @Test
    void aNameThatIsTaken() {
      failsToCreate(
          Answer.s3Error(409, "BucketAlreadyExists"),
          AlreadyExistsException.class,
          "its name is taken by another account; choose another name of the account, or of the"
              + " bucket with AwsSettings...bucket(zone, name)");
    }

    @Test
    void aBucketThatSomebodyMadeMeanwhile() {
      failsToCreate(
          Answer.s3Error(409, "BucketAlreadyOwnedByYou"),
          ConflictException.class,
          "somebody made it since it was planned; plan again");
    }

    @Test
    void credentialsThatMayNotMakeBuckets() {
      failsToCreate(
          Answer.s3Error(403, "AccessDenied"),
          AccessDeniedException.class,
          "the policies of the credentials do not allow it; allow s3:CreateBucket");
    }

    @Test
    void anAccountWithTooManyBuckets() {
      failsToCreate(
          Answer.s3Error(400, "TooManyBuckets"),
          UnavailableException.class,
          "a quota of the account is used up (s3 TooManyBuckets)");
    }

    @Test
    void aSettingThatMayNotBeChangedIsNamedWithThePermission() {
      when("PUT", "?policy", Answer.s3Error(403, "AccessDenied"));
      try (Lake lake = lake()) {
        Provisioning provisioning = Provisioning.of(lake);
        Plan plan = provisioning.plan(ZoneSettings.of(Zone.RAW));
        assertThatThrownBy(() -> provisioning.apply(plan))
            .isInstanceOf(AccessDeniedException.class)
            .hasMessage(
                "Cannot change the policy statement of bucket acme-lake-raw: the policies of the"
                    + " credentials do not allow it; allow s3:PutBucketPolicy");
      }
    }

    @Test
    void anAclThatGivesSomethingToOthers() {
      when("PUT", "?ownershipControls", Answer.s3Error(400, "InvalidBucketAclWithObjectOwnership"));
      try (Lake lake = lake()) {
        Provisioning provisioning = Provisioning.of(lake);
        Plan plan = provisioning.plan(ZoneSettings.of(Zone.RAW));
        assertThatThrownBy(() -> provisioning.apply(plan))
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessage(
                "Cannot change the object ownership of bucket acme-lake-raw: its ACL gives something"
                    + " to others; make the ACL private and plan again");
      }
    }

    @Test
    void aLostAnswerIsLookedForBeforeTheBucketIsMadeAgain() {
      once("PUT", S3_RAW, Answer.lost());
      answers.add(
          0,
          request ->
              is(request, "HEAD", RAW) && !sent("PUT", RAW).isEmpty()
                  ? Optional.of(DONE)
                  : Optional.empty());

      provision(ZoneSettings.of(Zone.RAW));

      assertThat(sent("PUT", RAW))
          .filteredOn(request -> request.uri().getQuery() == null)
          .hasSize(1);
    }

    @Test
    void aNewBucketThatIsNotSeenEverywhereYetIsWaitedFor() {
      once("PUT", S3_RAW + "/?tagging", Answer.s3Error(404, "NoSuchBucket"));
      once("PUT", S3_RAW + "/?policy", Answer.s3Error(409, "OperationAborted"));

      provision(ZoneSettings.of(Zone.RAW));

      assertThat(sent("PUT", S3_RAW + "/?tagging")).hasSize(2);
      assertThat(sent("PUT", S3_RAW + "/?policy")).hasSize(2);
    }
  }
}
