package io.lakesdk.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.AwsService;
import io.lakesdk.AwsSettings;
import io.lakesdk.VirtualClock;
import io.lakesdk.aws.AwsConnection.Calls;
import io.lakesdk.aws.AwsConnection.Failure;
import io.lakesdk.aws.AwsConnection.Kind;
import io.lakesdk.emulator.ScriptedHttp;
import io.lakesdk.emulator.ScriptedHttp.Answer;
import io.lakesdk.emulator.ScriptedHttp.Request;
import io.lakesdk.error.AccessDeniedException;
import io.lakesdk.error.InvalidDefinitionException;
import io.lakesdk.error.NotFoundException;
import io.lakesdk.error.OutcomeUnknownException;
import io.lakesdk.error.Subject;
import io.lakesdk.error.UnavailableException;
import io.lakesdk.fault.Call;
import io.lakesdk.fault.Faults;
import io.lakesdk.fault.Seam;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;

/** What becomes of calls that fail. */
class AwsConnectionTest {

  private static final Subject SUBJECT = Subject.dataset("sales.orders");
  private static final Answer DONE = Answer.of(200, "{\"Database\":{\"Name\":\"sales\"}}");

  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private ScriptedHttp http = new ScriptedHttp(request -> DONE);

  private static AwsSettings.Builder settings() {
    return AwsSettings.region("eu-west-1")
        .account("acme-lake")
        .attempts(4)
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSECRET", "SECRET")));
  }

  private AwsConnection connect(AwsSettings.Builder settings) {
    return new AwsConnection(
        settings.httpClient(() -> http).build(), new Seam(Faults.none(), metrics), clock);
  }

  private void answer(Answer... answers) {
    Deque<Answer> left = new ArrayDeque<>(List.of(answers));
    http = new ScriptedHttp(request -> left.size() > 1 ? left.poll() : left.element());
  }

  private String call(Function<Calls, String> how) {
    try (AwsConnection connection = connect(settings())) {
      return how.apply(connection.calls(AwsService.GLUE, error -> Optional.empty()));
    }
  }

  private String read() {
    try (AwsConnection connection = connect(settings())) {
      return connection
          .calls(AwsService.GLUE, error -> Optional.empty())
          .read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection));
    }
  }

  private static String database(AwsConnection connection) {
    return connection
        .client(AwsService.GLUE, GlueClient.builder())
        .getDatabase(GetDatabaseRequest.builder().name("sales").build())
        .database()
        .name();
  }

  private String change(Lost lost) {
    try (AwsConnection connection = connect(settings())) {
      Calls calls = connection.calls(AwsService.GLUE, error -> Optional.empty());
      return switch (lost) {
        case REPEAT ->
            calls.repeat(Call.WRITE_METADATA, "change", SUBJECT, () -> database(connection));
        case ONCE -> calls.once(Call.WRITE_METADATA, "change", SUBJECT, () -> database(connection));
        case SETTLE_DONE ->
            calls.settle(
                Call.WRITE_METADATA,
                "change",
                SUBJECT,
                () -> database(connection),
                () -> Optional.of("done before"));
        case SETTLE_NOT_DONE ->
            calls.settle(
                Call.WRITE_METADATA,
                "change",
                SUBJECT,
                () -> database(connection),
                () -> Optional.empty());
      };
    }
  }

  private enum Lost {
    REPEAT,
    ONCE,
    SETTLE_DONE,
    SETTLE_NOT_DONE
  }

  @Nested
  class Throttling {

    @Test
    void isTriedAgain() {
      answer(
          Answer.jsonError(400, "ThrottlingException", "Rate exceeded"), Answer.of(503, ""), DONE);
      assertThat(read()).isEqualTo("sales");
      assertThat(http.requests()).hasSize(3);
    }

    @Test
    void endsAfterTheAttemptsThatAreAllowed() {
      answer(Answer.jsonError(400, "ThrottlingException", "Rate exceeded"));
      assertThatThrownBy(AwsConnectionTest.this::read)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot find dataset sales.orders: glue is throttling calls");
      assertThat(http.requests()).hasSize(4);
    }

    @Test
    void endsAtTheDeadline() {
      http =
          new ScriptedHttp(
              request -> {
                clock.advance(Duration.ofMinutes(3));
                return Answer.of(503, "");
              });
      assertThatThrownBy(AwsConnectionTest.this::read).isInstanceOf(UnavailableException.class);
      assertThat(http.requests()).hasSize(2);
    }

    @Test
    void ofAChangeIsTriedAgainSinceNothingWasDone() {
      answer(Answer.of(503, ""), DONE);
      assertThat(change(Lost.ONCE)).isEqualTo("sales");
    }
  }

  @Nested
  class LostAnswers {

    @Test
    void toAReadAreAskedAgain() {
      answer(Answer.lost(), Answer.of(500, ""), DONE);
      assertThat(read()).isEqualTo("sales");
    }

    @Test
    void toAReadAreNoChange() {
      answer(Answer.lost());
      assertThatThrownBy(AwsConnectionTest.this::read)
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot find dataset sales.orders: glue did not answer");
    }

    @Test
    void toAChangeThatMayBeRepeatedAreRepeated() {
      answer(Answer.lost(), DONE);
      assertThat(change(Lost.REPEAT)).isEqualTo("sales");
      assertThat(http.requests()).hasSize(2);
    }

    @Test
    void toAChangeThatMustBeMadeOnceAreUnknown() {
      answer(Answer.of(500, ""), DONE);
      assertThatThrownBy(() -> change(Lost.ONCE))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessage(
              "Cannot change dataset sales.orders: glue answered 500 ; it may have been done or"
                  + " not");
      assertThat(http.requests()).hasSize(1);
    }

    @Test
    void areLookedForBeforeAChangeIsMadeAgain() {
      answer(Answer.lost(), DONE);
      assertThat(change(Lost.SETTLE_DONE)).isEqualTo("done before");
      assertThat(http.requests()).hasSize(1);
    }

    @Test
    void areMadeAgainWhereTheyWereNotMade() {
      answer(Answer.lost(), DONE);
      assertThat(change(Lost.SETTLE_NOT_DONE)).isEqualTo("sales");
      assertThat(http.requests()).hasSize(2);
    }

    @Test
    void toEveryAttemptLeaveTheOutcomeUnknown() {
      answer(Answer.lost());
      assertThatThrownBy(() -> change(Lost.SETTLE_NOT_DONE))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessage(
              "Cannot change dataset sales.orders: glue did not answer; it may have been done or"
                  + " not");
      assertThat(http.requests()).hasSize(4);
    }
  }

  @Nested
  class LostAnswersBeforeRefusals {

    @Test
    void leaveTheOutcomeUnknown() {
      answer(Answer.lost(), Answer.of(503, ""));
      assertThatThrownBy(() -> change(Lost.REPEAT))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessage(
              "Cannot change dataset sales.orders: glue did not answer an attempt and took no"
                  + " other; it may have been done or not");
      assertThat(http.requests()).hasSize(4);
    }

    @Test
    void areNoChangeWhereItWasFoundOutThatNothingWasDone() {
      answer(Answer.lost(), Answer.of(503, ""));
      assertThatThrownBy(() -> change(Lost.SETTLE_NOT_DONE))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot change dataset sales.orders: glue is throttling calls");
    }

    @Test
    void changeNothingWhereItWasARead() {
      answer(Answer.lost(), Answer.of(503, ""));
      assertThatThrownBy(AwsConnectionTest.this::read).isInstanceOf(UnavailableException.class);
    }
  }

  @Nested
  class Refusals {

    private void refused(Answer answer, Class<?> kind, String reason) {
      answer(answer);
      assertThatThrownBy(AwsConnectionTest.this::read)
          .isInstanceOf(kind)
          .hasMessage("Cannot find dataset sales.orders: " + reason);
      assertThat(http.requests()).hasSize(1);
    }

    @Test
    void ofTheCredentialsSayWhatToDo() {
      refused(
          Answer.jsonError(400, "ExpiredTokenException", "expired"),
          AccessDeniedException.class,
          "the credentials have expired; renew them");
      refused(
          Answer.jsonError(400, "UnrecognizedClientException", "no such client"),
          AccessDeniedException.class,
          "AWS does not know the credentials; look at the access key in use");
      refused(
          Answer.jsonError(403, "InvalidSignatureException", "does not match"),
          AccessDeniedException.class,
          "the secret key does not belong to the access key; look at both");
      refused(
          Answer.jsonError(400, "AccessDeniedException", "AKIDSECRET is not allowed"),
          AccessDeniedException.class,
          "the policies of the credentials do not allow it (glue AccessDeniedException)");
    }

    @Test
    void forAClockThatIsOffSaySo() {
      refused(
          Answer.jsonError(403, "InvalidSignatureException", "Signature expired: 2020 is earlier"),
          AccessDeniedException.class,
          "the clock of this machine differs too much from that of AWS; set it, and try again");
    }

    @Test
    void forAQuotaNameIt() {
      refused(
          Answer.jsonError(400, "ResourceNumberLimitExceededException", "too many"),
          UnavailableException.class,
          "a quota of the account is used up (glue ResourceNumberLimitExceededException)");
    }

    @Test
    void thatTheLayerKnowsAreTheLayers() {
      answer(Answer.jsonError(400, "EntityNotFoundException", "not there"));
      try (AwsConnection connection = connect(settings())) {
        Calls calls =
            connection.calls(
                AwsService.GLUE,
                error -> Optional.of(new Failure(Kind.NOT_FOUND, "it does not exist")));
        assertThatThrownBy(
                () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
            .isInstanceOf(NotFoundException.class)
            .hasMessage("Cannot find dataset sales.orders: it does not exist");
      }
    }

    @Test
    void thatNobodyKnowsNameServiceAndCode() {
      refused(
          Answer.jsonError(400, "SomethingNewException", "with values"),
          InvalidDefinitionException.class,
          "glue refused it with 400 SomethingNewException");
    }
  }

  @Test
  void theRoleOfTheAdministratorThatCannotBeAssumedIsNamed() {
    String error =
        "<ErrorResponse><Error><Code>%s</Code><Message>no</Message></Error></ErrorResponse>";
    http = new ScriptedHttp(request -> Answer.of(403, String.format(error, "AccessDenied")));
    String arn = "arn:aws:iam::111122223333:role/lake";
    try (AwsConnection connection = connect(settings().assumeRole(arn))) {
      Calls calls = connection.calls(AwsService.GLUE, e -> Optional.empty());
      assertThatThrownBy(
              () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith(
              "Cannot assume the role of lake acme-lake in eu-west-1: AWS does not let the lake's"
                  + " credentials assume arn:aws:iam::111122223333:role/lake; see that it exists");
    }
    http = new ScriptedHttp(request -> Answer.of(403, String.format(error, "ExpiredToken")));
    try (AwsConnection connection = connect(settings().assumeRole(arn))) {
      Calls calls = connection.calls(AwsService.GLUE, e -> Optional.empty());
      assertThatThrownBy(
              () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage("Cannot find dataset sales.orders: the credentials have expired; renew them");
    }
  }

  @Test
  void aServiceThatCannotBeReachedIsTriedAgainAndNamed() throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }
    AwsSettings settings =
        settings().endpoint(URI.create("http://127.0.0.1:" + unused)).attempts(2).build();
    try (AwsConnection connection =
        new AwsConnection(settings, new Seam(Faults.none(), metrics), clock)) {
      Calls calls = connection.calls(AwsService.GLUE, error -> Optional.empty());
      assertThatThrownBy(
              () -> calls.once(Call.WRITE_METADATA, "change", SUBJECT, () -> database(connection)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("Cannot change dataset sales.orders: glue cannot be reached");
    }
  }

  @Test
  void aServiceThatFailsMostCallsIsLeftAlone() {
    answer(Answer.of(500, ""));
    try (AwsConnection connection = connect(settings().attempts(1))) {
      Calls calls = connection.calls(AwsService.GLUE, error -> Optional.empty());
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(
                () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
            .hasMessageContaining("answered 500");
      }
      assertThatThrownBy(
              () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "Cannot find dataset sales.orders: glue fails most calls; it is left alone for some"
                  + " seconds");
      assertThat(http.requests()).hasSize(50);

      clock.advance(Duration.ofSeconds(11));
      answerNow(connection, calls);
    }
  }

  private void answerNow(AwsConnection connection, Calls calls) {
    assertThatThrownBy(
            () -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> database(connection)))
        .hasMessageContaining("answered 500");
    assertThat(http.requests()).hasSize(51);
  }

  @Test
  void messagesAndTheirCausesNeverShowCredentials() {
    answer(Answer.jsonError(403, "SignatureDoesNotMatch", "the key you provided"));
    assertThatThrownBy(this::read)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("SECRET"));
    assertThat(settings().build().toString()).isEqualTo("acme-lake in eu-west-1");
  }

  @Test
  void everyCallPassesTheSeam() {
    answer(DONE);
    assertThat(read()).isEqualTo("sales");
    assertThat(metrics.timer("lake.calls", "call", "READ_METADATA", "outcome", "done").count())
        .isEqualTo(1);
    assertThat(call(calls -> calls.read(Call.READ_METADATA, "find", SUBJECT, () -> "x")))
        .isEqualTo("x");
    Request sent = http.requests().get(0);
    assertThat(sent.operation()).isEqualTo("GetDatabase");
    assertThat(sent.uri().getHost()).isEqualTo("glue.eu-west-1.amazonaws.com");
  }
}
